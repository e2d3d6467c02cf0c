using Authentiq.AspNetCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a health check for Redis.</summary>
public static class AuthentiqRedisHealthCheckExtensions
{
    /// <summary>
    /// Adds a health check for the revocations in Redis: whether Redis is available, and the lag of this node, which is the time since it last read everything. Add it beside <c>AddAuthentiq()</c>,
    /// which checks the metadata and the session store. It requires <c>AddAuthentiqRedis</c> on the services.
    /// </summary>
    /// <remarks>
    /// <para><see cref="HealthStatus.Degraded"/>: Redis is unavailable, or the lag exceeds <see cref="AuthentiqRedisOptions.PollInterval"/> and one <see cref="AuthentiqRedisOptions.CallTimeout"/>, and
    /// cached revocations are used.</para>
    /// <para><paramref name="failureStatus"/>: this node has never read the revocations, or cached revocations are not trusted any more.</para>
    /// <para>The data of the result holds <c>lag_seconds</c> and <c>latency_milliseconds</c>.</para>
    /// </remarks>
    /// <param name="builder">The builder of <c>AddHealthChecks</c>.</param>
    /// <param name="name">The name of the health check. Default: <c>authentiq-redis</c>.</param>
    /// <param name="failureStatus">The status that is reported instead of <see cref="HealthStatus.Unhealthy"/>; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags to filter health checks by.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddAuthentiqRedis(this IHealthChecksBuilder builder, string name = "authentiq-redis", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.AddCheck<RevocationFeedHealthCheck>(name, failureStatus, tags, timeout: null);
    }
}
