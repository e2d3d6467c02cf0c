using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>The log messages of the package. No message contains a key or the content of a session.</summary>
internal static partial class RedisLogMessages
{
    // 8xx: Redis

    [LoggerMessage(801, LogLevel.Error, "Revocations could not be read from Redis: {Reason} Cached revocations are used; the node retries every second.", EventName = "RedisDoesNotAnswer")]
    public static partial void RedisDoesNotAnswer(this ILogger logger, string reason);

    [LoggerMessage(802, LogLevel.Information, "Redis is available again. All stored logouts were read.", EventName = "RedisAnswersAgain")]
    public static partial void RedisAnswersAgain(this ILogger logger);

    [LoggerMessage(803, LogLevel.Warning, "Logout stored, but the message to the other nodes was not sent; they read it within {PollInterval}.", EventName = "RevocationNotAnnounced")]
    public static partial void RevocationNotAnnounced(this ILogger logger, TimeSpan pollInterval);

    [LoggerMessage(804, LogLevel.Error, "Revocations have not been read from Redis since startup: {Reason} Requests that require authentication return 503. The node retries every second.", EventName = "RedisHasNotAnswered")]
    public static partial void RedisHasNotAnswered(this ILogger logger, string reason);

    [LoggerMessage(805, LogLevel.Warning, "Data Protection keys are not shared. A node with other keys cannot read the cookies and sessions of this node, and its users have to sign in again. Share the keys, such as with AddDataProtection().PersistKeysToStackExchangeRedis(…).", EventName = "KeysNotShared")]
    public static partial void KeysNotShared(this ILogger logger);

    [LoggerMessage(806, LogLevel.Warning, "Value in Redis that should be {Kind} cannot be read and is ignored. It may have been written by another version of this package, or by another application with the same KeyPrefix. This is logged at most once in ten minutes.", EventName = "ValueUnreadable")]
    public static partial void ValueUnreadable(this ILogger logger, string kind);

    [LoggerMessage(807, LogLevel.Information, "User signed in with more than {Maximum} sessions (MaxSessionsPerUser). The least recently used session of that user was ended.", EventName = "UserSessionLimitReached")]
    public static partial void UserSessionLimitReached(this ILogger logger, int maximum);
}
