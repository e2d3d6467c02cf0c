using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Authentiq.AspNetCore;

/// <summary>Checks each store with one lookup.</summary>
internal static class StoreChecks
{
    /// <summary>A key that no session or revocation has.</summary>
    public static readonly string MissingKey = SessionKeys.Hash(scheme: "", key: "health check");

    public static async Task<HealthFindings> CheckSessionsAsync(IAuthentiqSessionStore store, CancellationToken cancellationToken)
    {
        var findings = new HealthFindings();
        findings.Add("sessions.store", store.GetType().Name);
        if (await FindFailureAsync(store.FindAsync, cancellationToken) is { } failure)
        {
            findings.Add("sessions.failure", failure);
            findings.Report(HealthStatus.Unhealthy, $"The session store is unavailable ({failure}). Requests that require a server-side session return 503.");
        }

        return findings;
    }

    public static async Task<HealthFindings> CheckRevocationsAsync(IAuthentiqRevocationStore store, CancellationToken cancellationToken)
    {
        var findings = new HealthFindings();
        findings.Add("revocations.store", store.GetType().Name);
        var failure = await FindFailureAsync(store.FindAsync, cancellationToken);
        var outage = (store as DistributedRevocationStore)?.GetOutage(MissingKey);
        findings.AddSeconds("revocations.outage_seconds", outage);
        if (failure is not null)
        {
            findings.Add("revocations.failure", failure);
            findings.Report(HealthStatus.Unhealthy, $"The revocation store is unavailable ({failure}) and cached revocations are not trusted. Requests that require authentication return 503.");
        }
        else if (outage is not null)
        {
            findings.Report(HealthStatus.Degraded, "The revocation store is unavailable. Cached revocations are used.");
        }

        return findings;
    }

    // Returns the type of the exception: the message of a store may quote the key. A store that ignores the cancellation token does not delay the check.
    private static async Task<string?> FindFailureAsync<T>(Func<string, CancellationToken, ValueTask<T>> find, CancellationToken cancellationToken)
    {
        try
        {
            await find(MissingKey, cancellationToken).AsTask().WaitAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.GetType().Name;
        }
    }
}
