using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>Everything that the package logs. No message has a place for a token, a code, a secret, a nonce, or who somebody is.</summary>
internal static partial class LogMessages
{
    // 1xx: start-up and configuration

    [LoggerMessage(101, LogLevel.Warning, "The authentication scheme '{Scheme}' is usable, but: {Advice}", EventName = "ConfigurationAdvice")]
    public static partial void ConfigurationAdvice(this ILogger logger, string scheme, string advice);

    // 2xx: metadata

    [LoggerMessage(201, LogLevel.Debug, "The provider's metadata for the authentication scheme '{Scheme}' has arrived.", EventName = "MetadataLoaded")]
    public static partial void MetadataLoaded(this ILogger logger, string scheme);

    [LoggerMessage(202, LogLevel.Warning, "The provider's metadata for the authentication scheme '{Scheme}' cannot be used: {Reason}. It is asked for again when it is needed.", EventName = "MetadataFailed")]
    public static partial void MetadataFailed(this ILogger logger, string scheme, string reason);

    // 3xx: challenge

    [LoggerMessage(301, LogLevel.Debug, "A call that cannot follow a redirect was answered 401 instead of a challenge of the authentication scheme '{Scheme}'.", EventName = "ApiChallenged")]
    public static partial void ApiChallenged(this ILogger logger, string scheme);

    [LoggerMessage(302, LogLevel.Warning, "The error page '{Path}' of the authentication scheme '{Scheme}' asks for a sign-in itself. Let anonymous visitors see it ([AllowAnonymous]).", EventName = "ErrorPathNeedsSignIn")]
    public static partial void ErrorPathNeedsSignIn(this ILogger logger, string scheme, string? path);

    [LoggerMessage(303, LogLevel.Warning, "The redirect URI of the authentication scheme '{Scheme}' is probably not the one that is registered: {Cause}. Behind a proxy, set ASPNETCORE_FORWARDEDHEADERS_ENABLED=true, or call app.UseForwardedHeaders() before authentication with the proxy in KnownProxies.", EventName = "ProxyMisconfigured")]
    public static partial void ProxyMisconfigured(this ILogger logger, string scheme, string cause);

    // 4xx: callback

    [LoggerMessage(401, LogLevel.Warning, "A sign-in with the authentication scheme '{Scheme}' did not complete: {Error}: {Reason}. Reference: {Reference}", EventName = "SignInFailed")]
    public static partial void SignInFailed(this ILogger logger, string scheme, string error, string reason, string reference);

    [LoggerMessage(402, LogLevel.Information, "A person signed in with the authentication scheme '{Scheme}'.", EventName = "SignedIn")]
    public static partial void SignedIn(this ILogger logger, string scheme);

    [LoggerMessage(403, LogLevel.Information, "A sign-in with the authentication scheme '{Scheme}' did not complete: {Error}: {Reason}. {Recovery}", EventName = "SignInRecovered")]
    public static partial void SignInRecovered(this ILogger logger, string scheme, string error, string reason, string recovery);

    // 5xx: claims

    [LoggerMessage(501, LogLevel.Warning, "The userinfo endpoint of the authentication scheme '{Scheme}' gave nothing usable: {Reason}. The person is signed in without the claims that are missing; set RequireUserInfo to refuse that.", EventName = "UserInfoFailed")]
    public static partial void UserInfoFailed(this ILogger logger, string scheme, string reason);

    // 6xx: sign-out

    [LoggerMessage(601, LogLevel.Debug, "The provider of the authentication scheme '{Scheme}' has no usable end-session endpoint: the person is signed out here only.", EventName = "SignedOutLocally")]
    public static partial void SignedOutLocally(this ILogger logger, string scheme);
}
