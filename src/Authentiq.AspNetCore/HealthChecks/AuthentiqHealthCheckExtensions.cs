using Authentiq.AspNetCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a health check for sign-in with Authentiq.</summary>
public static class AuthentiqHealthCheckExtensions
{
    /// <summary>
    /// Adds a health check for the provider's metadata and keys of every Authentiq scheme, the session store when <c>AddAuthentiqSessions</c> is used, and the revocation store. Each store is
    /// called once, with a key that does not exist. The order of this call and <c>AddAuthentiq</c> does not matter.
    /// </summary>
    /// <remarks>
    /// <para><see cref="HealthStatus.Degraded"/>: metadata or keys that could not be refreshed within <c>AutomaticRefreshInterval</c>, built-in endpoints or no keys because the provider is
    /// unavailable, or an <c>IDistributedCache</c> with revocations that is unavailable for less than <see cref="AuthentiqRevocationOptions.TrustFor"/>.</para>
    /// <para><paramref name="failureStatus"/>: no metadata, no keys for a client whose <c>IdTokenSignedResponseAlg</c> requires them, a session store that is unavailable, or a revocation store
    /// whose cached revocations are no longer trusted.</para>
    /// <para>Metadata that has never been loaded is awaited for at most five seconds. The data of the result contains ages in seconds and the types of errors for each scheme.</para>
    /// </remarks>
    /// <param name="builder">The builder of <c>AddHealthChecks</c>.</param>
    /// <param name="name">The name of the health check. Default: <c>authentiq</c>.</param>
    /// <param name="failureStatus">The status that is reported instead of <see cref="HealthStatus.Unhealthy"/>; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags to filter health checks by.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddAuthentiq(this IHealthChecksBuilder builder, string name = "authentiq", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.AddCheck<HandlerHealthCheck>(name, failureStatus, tags, timeout: null);
    }
}
