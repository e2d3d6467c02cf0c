using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// Which Redis is used, and how. Name it with one of <see cref="Configuration"/> and <see cref="ConnectionMultiplexerFactory"/>, or with neither where the application has an
/// <see cref="IConnectionMultiplexer"/> among its services.
/// </summary>
public sealed class AuthentiqRedisOptions
{
    /// <summary>
    /// The server, such as <c>localhost:6379</c>, in the words of StackExchange.Redis. The application starts whether Redis answers or not: <c>abortConnect</c> is always off.
    /// </summary>
    public string? Configuration { get; set; }

    /// <summary>
    /// Makes the connection, for whatever <see cref="Configuration"/> has no words for. It is called when the connection is first needed, and again after it has failed.
    /// The connection stays the application's, and is not closed.
    /// </summary>
    public Func<CancellationToken, Task<IConnectionMultiplexer>>? ConnectionMultiplexerFactory { get; set; }

    /// <summary>What every key and channel begins with. Default: <c>authentiq:</c>. Applications that share a Redis, and not their sessions, set one each.</summary>
    public string KeyPrefix { get; set; } = "authentiq:";

    /// <summary>
    /// How long a call to Redis may take before it counts as failed, to within a second. Default: 3 seconds. It takes the place of the client's <c>asyncTimeout</c> and <c>syncTimeout</c>. After a call
    /// that has taken so long the others fail at once, until Redis answers one that is tried every second.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How often a node asks for logouts. Default: 30 seconds. Usually a message has told it at once; this is the longest that a lost message can delay a logout on a node. When Redis does
    /// not answer, what the node knows counts for this time and one <see cref="CallTimeout"/>; from then on <see cref="AuthentiqRevocationOptions.WhenStoreFails"/> decides.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);
}
