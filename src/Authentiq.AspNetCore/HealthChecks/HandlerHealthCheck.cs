using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Checks the dependencies of sign-ins, sessions and logouts. The parts are checked concurrently.</summary>
internal sealed class HandlerHealthCheck(
    IServiceProvider services, IOptions<ProviderSchemes> schemes, IOptionsMonitor<AuthentiqOptions> options, IOptions<AuthentiqSessionOptions> sessionOptions) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        List<Task<HealthFindings>> parts = [.. schemes.Value.Names.Select(scheme => MetadataHealth.CheckAsync(scheme, options.Get(scheme), cancellationToken))];
        if (parts.Count == 0)
        {
            return new(context.Registration.FailureStatus, "No Authentiq scheme is registered. Call AddAuthentication().AddAuthentiq().");
        }

        if (sessionOptions.Value.IsOn && services.GetService<IAuthentiqSessionStore>() is { } sessions)
        {
            parts.Add(StoreChecks.CheckSessionsAsync(sessions, cancellationToken));
        }

        if (services.GetService<IAuthentiqRevocationStore>() is { } revocations)
        {
            parts.Add(StoreChecks.CheckRevocationsAsync(revocations, cancellationToken));
        }

        return HealthFindings.Combine(await Task.WhenAll(parts)).ToResult(context.Registration.FailureStatus);
    }
}
