using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>All log messages of the package. No message contains a token, a code, a secret, a nonce or a user identifier.</summary>
internal static partial class LogMessages
{
    // 1xx: startup and configuration

    [LoggerMessage(101, LogLevel.Warning, "Authentication scheme '{Scheme}' is usable, but: {Advice}", EventName = "ConfigurationAdvice")]
    public static partial void ConfigurationAdvice(this ILogger logger, string scheme, string advice);

    [LoggerMessage(102, LogLevel.Information, "Revocations (logouts at the provider) are stored {Where}.", EventName = "RevocationsKept")]
    public static partial void RevocationsKept(this ILogger logger, string where);

    [LoggerMessage(103, LogLevel.Information, "Server-side sessions are stored {Where}.", EventName = "SessionsKept")]
    public static partial void SessionsKept(this ILogger logger, string where);

    [LoggerMessage(104, LogLevel.Information, "Authentication scheme '{Scheme}' is configured. {Settings}", EventName = "SchemeConfigured")]
    public static partial void SchemeConfigured(this ILogger logger, string scheme, string settings);

    // 2xx: metadata

    [LoggerMessage(201, LogLevel.Debug, "Provider metadata of the authentication scheme '{Scheme}' loaded.", EventName = "MetadataLoaded")]
    public static partial void MetadataLoaded(this ILogger logger, string scheme);

    [LoggerMessage(202, LogLevel.Warning, "Provider metadata of the authentication scheme '{Scheme}' is unavailable or invalid: {Reason}. It is fetched again when it is needed.", EventName = "MetadataFailed")]
    public static partial void MetadataFailed(this ILogger logger, string scheme, string reason);

    // 3xx: challenge

    [LoggerMessage(301, LogLevel.Debug, "Returned 401 instead of a challenge of the authentication scheme '{Scheme}': the request is not a page navigation that can follow a redirect.", EventName = "ApiChallenged")]
    public static partial void ApiChallenged(this ILogger logger, string scheme);

    [LoggerMessage(302, LogLevel.Warning, "Error page '{Path}' of the authentication scheme '{Scheme}' requires authentication. Allow anonymous requests to it ([AllowAnonymous]).", EventName = "ErrorPathNeedsSignIn")]
    public static partial void ErrorPathNeedsSignIn(this ILogger logger, string scheme, string? path);

    [LoggerMessage(303, LogLevel.Warning, "Redirect URI of the authentication scheme '{Scheme}' probably differs from the registered one: {Cause}. Behind a proxy, set ASPNETCORE_FORWARDEDHEADERS_ENABLED=true, or call app.UseForwardedHeaders() before authentication with the proxy in KnownProxies.", EventName = "ProxyMisconfigured")]
    public static partial void ProxyMisconfigured(this ILogger logger, string scheme, string cause);

    // 4xx: callback

    [LoggerMessage(401, LogLevel.Warning, "Sign-in with authentication scheme '{Scheme}' failed: {Error}: {Reason}. Reference: {Reference}", EventName = "SignInFailed")]
    public static partial void SignInFailed(this ILogger logger, string scheme, string error, string reason, string reference);

    [LoggerMessage(402, LogLevel.Information, "User signed in with authentication scheme '{Scheme}'.", EventName = "SignedIn")]
    public static partial void SignedIn(this ILogger logger, string scheme);

    [LoggerMessage(403, LogLevel.Information, "Sign-in with authentication scheme '{Scheme}' failed, and no error page was shown: {Error}: {Reason}. {Recovery}", EventName = "SignInRecovered")]
    public static partial void SignInRecovered(this ILogger logger, string scheme, string error, string reason, string recovery);

    // 5xx: claims

    [LoggerMessage(501, LogLevel.Warning, "Userinfo request of the authentication scheme '{Scheme}' failed: {Reason}. The user is signed in without the missing claims. Set RequireUserInfo to fail the sign-in instead.", EventName = "UserInfoFailed")]
    public static partial void UserInfoFailed(this ILogger logger, string scheme, string reason);

    // 6xx: sign-out

    [LoggerMessage(601, LogLevel.Debug, "User signed out of the application only: the provider of the authentication scheme '{Scheme}' has no usable end-session endpoint.", EventName = "SignedOutLocally")]
    public static partial void SignedOutLocally(this ILogger logger, string scheme);

    [LoggerMessage(602, LogLevel.Information, "Logout token of the authentication scheme '{Scheme}' processed: revoked {What}.", EventName = "LogoutReceived")]
    public static partial void LogoutReceived(this ILogger logger, string scheme, string what);

    [LoggerMessage(603, LogLevel.Warning, "Logout request of the authentication scheme '{Scheme}' refused: {Reason}.", EventName = "LogoutRefused")]
    public static partial void LogoutRefused(this ILogger logger, string scheme, string reason);

    [LoggerMessage(604, LogLevel.Error, "Logout token of the authentication scheme '{Scheme}' could not be processed: {Reason}. Returned 503 so that the provider retries.", EventName = "LogoutNotKept")]
    public static partial void LogoutNotKept(this ILogger logger, string scheme, string reason);

    [LoggerMessage(605, LogLevel.Information, "Session of the authentication scheme '{Scheme}' ended by a front-channel logout of the provider.", EventName = "FrontChannelLogout")]
    public static partial void FrontChannelLogout(this ILogger logger, string scheme);

    [LoggerMessage(606, LogLevel.Warning, "Logout token of the authentication scheme '{Scheme}' postponed: another delivery of it is being processed, or failed a moment ago. Returned 503 so that the provider retries.", EventName = "LogoutPostponed")]
    public static partial void LogoutPostponed(this ILogger logger, string scheme);

    [LoggerMessage(607, LogLevel.Error, "Logout token of the authentication scheme '{Scheme}' ended no session: {Reason}. Returned 400.", EventName = "LogoutNotPossible")]
    public static partial void LogoutNotPossible(this ILogger logger, string scheme, string reason);

    [LoggerMessage(608, LogLevel.Error, "Event BackChannelLogout of the authentication scheme '{Scheme}' failed. Returned 503 so that the provider retries.", EventName = "LogoutEventFailed")]
    public static partial void LogoutEventFailed(this ILogger logger, Exception? exception, string scheme);

    // 7xx: sessions

    [LoggerMessage(701, LogLevel.Information, "Session of the cookie scheme '{Scheme}' revoked: the user signed out at the provider.", EventName = "SessionEnded")]
    public static partial void SessionEnded(this ILogger logger, string scheme);

    [LoggerMessage(702, LogLevel.Warning, "Session of the cookie scheme '{Scheme}' could not be checked for revocation: {Reason} The request runs as anonymous; requests that require authentication return 503. The session is preserved.", EventName = "SessionNotChecked")]
    public static partial void SessionNotChecked(this ILogger logger, string scheme, string reason);

    [LoggerMessage(703, LogLevel.Warning, "Session of the cookie scheme '{Scheme}' was limited to ExpireTimeSpan ({Lifetime}): revocations are stored no longer than that. Set ExpireTimeSpan to the longest session lifetime.", EventName = "TicketCapped")]
    public static partial void TicketCapped(this ILogger logger, string scheme, TimeSpan lifetime);

    [LoggerMessage(704, LogLevel.Error, "Revocation store unavailable: {Reason}. Cached revocations are used for {TrustFor}; then requests that require authentication return 503.", EventName = "StoreDoesNotAnswer")]
    public static partial void StoreDoesNotAnswer(this ILogger logger, string reason, TimeSpan trustFor);

    [LoggerMessage(706, LogLevel.Debug, "Session of the cookie scheme '{Scheme}' has expired: its age exceeds the current ExpireTimeSpan.", EventName = "SessionExpired")]
    public static partial void SessionExpired(this ILogger logger, string scheme);

    [LoggerMessage(705, LogLevel.Information, "Revocation store is available again.", EventName = "StoreAnswersAgain")]
    public static partial void StoreAnswersAgain(this ILogger logger);

    [LoggerMessage(707, LogLevel.Warning, "The application signed a user in to the cookie scheme '{Scheme}' in a request with a session of the cookie scheme '{External}', under another user identifier (sub). A logout at the provider does not end that session. Set Events.OnBackChannelLogout to end it, or pass the AuthenticationProperties of '{External}' to SignInAsync. This is logged once.", EventName = "SessionNotLinked")]
    public static partial void SessionNotLinked(this ILogger logger, string scheme, string external);

    // 75x: server-side sessions

    [LoggerMessage(751, LogLevel.Debug, "Server-side session created.", EventName = "ServerSessionBegan")]
    public static partial void ServerSessionBegan(this ILogger logger);

    [LoggerMessage(752, LogLevel.Information, "Server-side session ended.", EventName = "ServerSessionEnded")]
    public static partial void ServerSessionEnded(this ILogger logger);

    [LoggerMessage(753, LogLevel.Error, "Session store in memory is full: {Maximum} sessions (MaxSessions). Each sign-in now ends the least recently used session, which may belong to another user. Increase MaxSessions, or use a shared session store.", EventName = "SessionsGiveWay")]
    public static partial void SessionsGiveWay(this ILogger logger, int maximum);

    [LoggerMessage(754, LogLevel.Warning, "Session of the cookie scheme '{Scheme}' cannot be read: {Reason}. The user has to sign in again. If this repeats, compare the Data Protection keys of all nodes.", EventName = "SessionUnreadable")]
    public static partial void SessionUnreadable(this ILogger logger, string scheme, string reason);

    [LoggerMessage(755, LogLevel.Error, "Session store unavailable: {Reason} Requests that require authentication return 503; other requests run as anonymous. Existing sessions are preserved.", EventName = "SessionsUnavailable")]
    public static partial void SessionsUnavailable(this ILogger logger, string reason);

    [LoggerMessage(756, LogLevel.Error, "Session of the cookie scheme '{Scheme}' could not be removed at sign-out: the session store is unavailable. The session cookie was deleted; the session stays in the store until it expires.", EventName = "SessionNotEnded")]
    public static partial void SessionNotEnded(this ILogger logger, string scheme);

    [LoggerMessage(757, LogLevel.Warning, "Session of the cookie scheme '{Scheme}' could not be renewed: the session store is unavailable. A later request retries.", EventName = "SessionNotRenewed")]
    public static partial void SessionNotRenewed(this ILogger logger, string scheme);

    [LoggerMessage(758, LogLevel.Information, "Session store is available again.", EventName = "SessionsAnswerAgain")]
    public static partial void SessionsAnswerAgain(this ILogger logger);

    [LoggerMessage(759, LogLevel.Information, "User signed in with more than {Maximum} sessions (MaxSessionsPerUser). The least recently used session of that user was ended.", EventName = "UserSessionLimitReached")]
    public static partial void UserSessionLimitReached(this ILogger logger, int maximum);
}
