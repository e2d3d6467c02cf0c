using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>Everything that the package logs. No message has a place for a token, a code, a secret, a nonce, or who somebody is.</summary>
internal static partial class LogMessages
{
    // 1xx: start-up and configuration

    [LoggerMessage(101, LogLevel.Warning, "The authentication scheme '{Scheme}' is usable, but: {Advice}", EventName = "ConfigurationAdvice")]
    public static partial void ConfigurationAdvice(this ILogger logger, string scheme, string advice);

    [LoggerMessage(102, LogLevel.Information, "Logouts that the provider announces are kept {Where}.", EventName = "RevocationsKept")]
    public static partial void RevocationsKept(this ILogger logger, string where);

    [LoggerMessage(103, LogLevel.Information, "Sessions are kept {Where}.", EventName = "SessionsKept")]
    public static partial void SessionsKept(this ILogger logger, string where);

    [LoggerMessage(104, LogLevel.Information, "Authentication scheme '{Scheme}' is configured. {Settings}", EventName = "SchemeConfigured")]
    public static partial void SchemeConfigured(this ILogger logger, string scheme, string settings);

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

    [LoggerMessage(602, LogLevel.Information, "The provider of the authentication scheme '{Scheme}' announced a logout: it ends {What}.", EventName = "LogoutReceived")]
    public static partial void LogoutReceived(this ILogger logger, string scheme, string what);

    [LoggerMessage(603, LogLevel.Warning, "A logout of the authentication scheme '{Scheme}' was refused: {Reason}.", EventName = "LogoutRefused")]
    public static partial void LogoutRefused(this ILogger logger, string scheme, string reason);

    [LoggerMessage(604, LogLevel.Error, "A logout of the authentication scheme '{Scheme}' could not be kept: {Reason} The provider was asked to repeat it.", EventName = "LogoutNotKept")]
    public static partial void LogoutNotKept(this ILogger logger, string scheme, string reason);

    [LoggerMessage(605, LogLevel.Information, "A session of the authentication scheme '{Scheme}' was ended by the provider through the browser.", EventName = "FrontChannelLogout")]
    public static partial void FrontChannelLogout(this ILogger logger, string scheme);

    [LoggerMessage(606, LogLevel.Warning, "Logout token of the authentication scheme '{Scheme}' postponed: another delivery of it is being processed, or failed a moment ago. Returned 503 so that the provider retries.", EventName = "LogoutPostponed")]
    public static partial void LogoutPostponed(this ILogger logger, string scheme);

    [LoggerMessage(607, LogLevel.Error, "Logout token of the authentication scheme '{Scheme}' ended no session: {Reason}. Returned 400.", EventName = "LogoutNotPossible")]
    public static partial void LogoutNotPossible(this ILogger logger, string scheme, string reason);

    [LoggerMessage(608, LogLevel.Error, "Event BackChannelLogout of the authentication scheme '{Scheme}' failed. Returned 503 so that the provider retries.", EventName = "LogoutEventFailed")]
    public static partial void LogoutEventFailed(this ILogger logger, Exception? exception, string scheme);

    // 7xx: sessions

    [LoggerMessage(701, LogLevel.Information, "A session of the cookie scheme '{Scheme}' is over: its person signed out at the provider.", EventName = "SessionEnded")]
    public static partial void SessionEnded(this ILogger logger, string scheme);

    [LoggerMessage(702, LogLevel.Warning, "A session of the cookie scheme '{Scheme}' could not be checked, and the request goes on without it: {Reason} The session is kept.", EventName = "SessionNotChecked")]
    public static partial void SessionNotChecked(this ILogger logger, string scheme, string reason);

    [LoggerMessage(703, LogLevel.Warning, "A session of the cookie scheme '{Scheme}' was to last longer than its ExpireTimeSpan of {Lifetime}, and does not: a logout is remembered no longer than that. Set ExpireTimeSpan to the longest session that you want.", EventName = "TicketCapped")]
    public static partial void TicketCapped(this ILogger logger, string scheme, TimeSpan lifetime);

    [LoggerMessage(704, LogLevel.Error, "The store of revocations does not answer ({Reason}). Sessions go on by what is known for {TrustFor}; then requests that need somebody are answered 503.", EventName = "StoreDoesNotAnswer")]
    public static partial void StoreDoesNotAnswer(this ILogger logger, string reason, TimeSpan trustFor);

    [LoggerMessage(706, LogLevel.Debug, "Session of the cookie scheme '{Scheme}' has expired: it was issued longer ago than the current ExpireTimeSpan.", EventName = "SessionExpired")]
    public static partial void SessionExpired(this ILogger logger, string scheme);

    [LoggerMessage(705, LogLevel.Information, "The store of revocations answers again.", EventName = "StoreAnswersAgain")]
    public static partial void StoreAnswersAgain(this ILogger logger);

    [LoggerMessage(707, LogLevel.Warning, "The application signed a user in to the cookie scheme '{Scheme}' in a request with a session of the cookie scheme '{External}', under another user identifier (sub). A logout at the provider does not end that session. Set Events.OnBackChannelLogout to end it, or pass the AuthenticationProperties of '{External}' to SignInAsync. It is logged once.", EventName = "SessionNotLinked")]
    public static partial void SessionNotLinked(this ILogger logger, string scheme, string external);

    // 75x: sessions on the server

    [LoggerMessage(751, LogLevel.Debug, "A session on the server began.", EventName = "ServerSessionBegan")]
    public static partial void ServerSessionBegan(this ILogger logger);

    [LoggerMessage(752, LogLevel.Information, "A session on the server was ended.", EventName = "ServerSessionEnded")]
    public static partial void ServerSessionEnded(this ILogger logger);

    [LoggerMessage(753, LogLevel.Error, "Session store in memory is full: {Maximum} sessions (MaxSessions). Each sign-in now ends the session that was seen longest ago, which may belong to another user. Increase MaxSessions, or use a shared session store.", EventName = "SessionsGiveWay")]
    public static partial void SessionsGiveWay(this ILogger logger, int maximum);

    [LoggerMessage(754, LogLevel.Warning, "A session of the cookie scheme '{Scheme}' cannot be read ({Reason}), and its person has to sign in again. If it happens often, compare the Data Protection keys of all nodes.", EventName = "SessionUnreadable")]
    public static partial void SessionUnreadable(this ILogger logger, string scheme, string reason);

    [LoggerMessage(755, LogLevel.Error, "Sessions cannot be looked up: {Reason} Until the store answers, pages that need somebody answer 503, and others see nobody. Nobody loses a session.", EventName = "SessionsUnavailable")]
    public static partial void SessionsUnavailable(this ILogger logger, string reason);

    [LoggerMessage(756, LogLevel.Error, "A person signed out of the cookie scheme '{Scheme}', and the store does not answer: the browser has lost its key, and the session stays in the store until it expires.", EventName = "SessionNotEnded")]
    public static partial void SessionNotEnded(this ILogger logger, string scheme);

    [LoggerMessage(757, LogLevel.Warning, "A session of the cookie scheme '{Scheme}' could not be renewed, as the store does not answer. A later request tries again.", EventName = "SessionNotRenewed")]
    public static partial void SessionNotRenewed(this ILogger logger, string scheme);

    [LoggerMessage(758, LogLevel.Information, "The store of sessions answers again.", EventName = "SessionsAnswerAgain")]
    public static partial void SessionsAnswerAgain(this ILogger logger);

    [LoggerMessage(759, LogLevel.Information, "A user signed in beyond {Maximum} sessions (MaxSessionsPerUser). The session of that user that was seen longest ago has ended.", EventName = "UserSessionLimitReached")]
    public static partial void UserSessionLimitReached(this ILogger logger, int maximum);
}
