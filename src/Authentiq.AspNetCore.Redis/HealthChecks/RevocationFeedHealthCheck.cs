using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Authentiq.AspNetCore;

/// <summary>Checks whether Redis is available, and how old the revocations on this node are.</summary>
internal sealed class RevocationFeedHealthCheck(RedisCalls<AuthentiqRevocation> redis, RedisKeys keys, RevocationMirror mirror, RevocationFeed feed, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        await feed.FirstRead.WaitAsync(cancellationToken);
        var outage = await FindOutageAsync(data, cancellationToken);
        var lag = mirror.Lag;
        if (lag is { } known)
        {
            data["lag_seconds"] = (long)known.TotalSeconds;
        }

        if (!mirror.IsCurrent)
        {
            var problem = lag is null ? "This node has not read the revocations in Redis." : "The revocations on this node are too old and are not trusted.";
            return new(context.Registration.FailureStatus, $"{problem} Requests with a session return 503 where they require authentication. {outage}".TrimEnd(), exception: null, data);
        }

        if (outage is not null || lag > mirror.UsualLag)
        {
            return HealthCheckResult.Degraded($"{outage ?? "Revocations could not be read for a while."} Cached revocations are used.", exception: null, data);
        }

        return HealthCheckResult.Healthy(description: null, data);
    }

    // In a cluster, the server that holds the revocations.
    private async Task<string?> FindOutageAsync(Dictionary<string, object> data, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        try
        {
            await redis.RunAsync(database => database.KeyExistsAsync(keys.Changes), cancellationToken);
            data["latency_milliseconds"] = (long)clock.GetElapsedTime(began).TotalMilliseconds;
            return null;
        }
        catch (AuthentiqStoreException failure)
        {
            // It names the server and the kind of failure, and no key.
            return failure.Message;
        }
    }
}
