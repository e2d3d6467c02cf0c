using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// Options for Redis. Name the server with one of <see cref="Configuration"/> and <see cref="ConnectionMultiplexerFactory"/>, or with neither where the application has registered an <see cref="IConnectionMultiplexer"/>.
/// They are bound from the configuration section <c>Authentication:Schemes:Authentiq:Redis</c>, except <see cref="ConnectionMultiplexerFactory"/>; code takes precedence over configuration. The section does not enable Redis:
/// <c>AddAuthentiqRedis</c> does.
/// </summary>
public sealed class AuthentiqRedisOptions
{
    /// <summary>
    /// The server, such as <c>localhost:6379</c>, as a configuration string of StackExchange.Redis. The application starts whether Redis is available or not: <c>abortConnect</c> is always off. It can contain a password,
    /// and is never logged.
    /// </summary>
    public string? Configuration { get; set; }

    /// <summary>
    /// Creates the connection, for what <see cref="Configuration"/> cannot express. It is called when the connection is first needed, and again after it has failed.
    /// The connection belongs to the application, and is not closed.
    /// </summary>
    public Func<CancellationToken, Task<IConnectionMultiplexer>>? ConnectionMultiplexerFactory { get; set; }

    /// <summary>The prefix of every key and channel. Default: <c>authentiq:</c>; it cannot be empty. Applications that share a Redis, and not their sessions, set one each.</summary>
    public string KeyPrefix { get; set; } = "authentiq:";

    /// <summary>
    /// The time after which a call to Redis counts as failed, to within a second. Default: 3 seconds; it must be positive, and one minute at most. It replaces the <c>asyncTimeout</c> and <c>syncTimeout</c> of the client. After
    /// a call has timed out the others fail at once, until Redis responds to one that is tried every second.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The time between two requests of a node for logouts. Default: 30 seconds; it must be positive, and one hour at most. A message usually notifies the node at once; this is the maximum delay of a logout whose message is
    /// lost. While Redis is unavailable, cached revocation data is used for this time and one <see cref="CallTimeout"/>; after that <see cref="AuthentiqRevocationOptions.WhenStoreFails"/> applies.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The errors in the configuration section.</summary>
    internal List<string> ConfigurationErrors { get; } = [];
}
