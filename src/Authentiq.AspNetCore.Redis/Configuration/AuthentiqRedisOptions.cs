using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// Options of the Redis stores. Set either <see cref="Configuration"/> or <see cref="ConnectionMultiplexerFactory"/>. If neither is set, the <see cref="IConnectionMultiplexer"/> of the application's services
/// is used.
/// </summary>
public sealed class AuthentiqRedisOptions
{
    /// <summary>
    /// The StackExchange.Redis configuration string, such as <c>localhost:6379</c>. The application starts even if Redis is unavailable: <c>abortConnect</c> is always off.
    /// </summary>
    public string? Configuration { get; set; }

    /// <summary>
    /// Creates the connection, for settings that <see cref="Configuration"/> does not support. It is called when the connection is first needed, and again after it has failed.
    /// The application owns the connection; it is not disposed.
    /// </summary>
    public Func<CancellationToken, Task<IConnectionMultiplexer>>? ConnectionMultiplexerFactory { get; set; }

    /// <summary>The prefix of all keys and channels. Default: <c>authentiq:</c>. Applications that share a Redis server but not their sessions use different prefixes.</summary>
    public string KeyPrefix { get; set; } = "authentiq:";

    /// <summary>
    /// The timeout of a call to Redis, with a tolerance of one second. Default: 3 seconds. It replaces the client's <c>asyncTimeout</c> and <c>syncTimeout</c>. After a timeout,
    /// other calls fail immediately. One call per second is tried, until one succeeds.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The interval at which a node polls for logouts. Default: 30 seconds. Usually a message notifies the node immediately; this interval limits the delay after a lost message. While Redis is
    /// unavailable, cached revocations are used for this time and one <see cref="CallTimeout"/>; after that, <see cref="AuthentiqRevocationOptions.WhenStoreFails"/> applies.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);
}
