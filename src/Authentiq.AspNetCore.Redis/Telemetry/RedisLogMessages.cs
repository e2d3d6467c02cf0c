using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>The log messages of the package. No message contains a key or the content of a session.</summary>
internal static partial class RedisLogMessages
{
    // 8xx: Redis

    [LoggerMessage(801, LogLevel.Error, "This node cannot ask for logouts: {Reason} It goes on with what it knows for a while, and tries again every second.", EventName = "RedisDoesNotAnswer")]
    public static partial void RedisDoesNotAnswer(this ILogger logger, string reason);

    [LoggerMessage(802, LogLevel.Information, "Redis answers again, and this node knows about every logout that is kept there.", EventName = "RedisAnswersAgain")]
    public static partial void RedisAnswersAgain(this ILogger logger);

    [LoggerMessage(803, LogLevel.Warning, "A logout is kept, but the message to the other nodes was not sent: they find it within {PollInterval}.", EventName = "RevocationNotAnnounced")]
    public static partial void RevocationNotAnnounced(this ILogger logger, TimeSpan pollInterval);

    [LoggerMessage(804, LogLevel.Error, "This node has not read the logouts in Redis yet: {Reason} Until it does, it knows of no logout and lets nobody in who is signed in; pages that need somebody answer 503. It tries again every second.", EventName = "RedisHasNotAnswered")]
    public static partial void RedisHasNotAnswered(this ILogger logger, string reason);

    [LoggerMessage(805, LogLevel.Warning, "Data Protection keeps its keys where this machine chose to. A node with other keys cannot read the cookies and sessions of this one, and sends their people to sign in. Share the keys, such as with AddDataProtection().PersistKeysToStackExchangeRedis(…).", EventName = "KeysNotShared")]
    public static partial void KeysNotShared(this ILogger logger);

    [LoggerMessage(806, LogLevel.Warning, "A value in Redis that should be {Kind} cannot be read and is ignored. Another version of this package, or another application with the same KeyPrefix, may have written it. It is logged at most once in ten minutes.", EventName = "ValueUnreadable")]
    public static partial void ValueUnreadable(this ILogger logger, string kind);

    [LoggerMessage(807, LogLevel.Information, "A user signed in beyond {Maximum} sessions (MaxSessionsPerUser). The session of that user that was seen longest ago has ended.", EventName = "UserSessionLimitReached")]
    public static partial void UserSessionLimitReached(this ILogger logger, int maximum);
}
