using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// Calls Redis for one kind of keys, and tracks the outages of that kind. In a cluster, keys of another kind can be on another server: their outage does not affect these calls, and their
/// success does not end an outage of these calls.
/// </summary>
/// <typeparam name="TStored">The kind of the stored values: revocations or sessions.</typeparam>
internal sealed class RedisCalls<TStored>(RedisConnection redis, RedisMetrics metrics, IOptions<AuthentiqRedisOptions> options)
{
    private static readonly string Store = typeof(TStored) == typeof(AuthentiqSession) ? StoreMetrics.Sessions : StoreMetrics.Revocations;

    private readonly OutageMonitor _outage = new(TimeProvider.System, _ => metrics.Outage(Store));

    /// <summary>Calls Redis.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Cancels the wait, but not the call.</param>
    /// <param name="isUrgent">Whether the call is tried even during an outage.</param>
    /// <exception cref="AuthentiqStoreException">The call timed out or failed. It is unknown whether Redis executed the command.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken, bool isUrgent = false)
    {
        if (!isUrgent && !_outage.MayTry())
        {
            throw new AuthentiqStoreException(_outage.Reason ?? "Redis is unavailable.");
        }

        var began = TimeProvider.System.GetTimestamp();
        try
        {
            var result = await redis.RunAsync(command, cancellationToken);
            _outage.Succeed();
            metrics.Call(Store, RedisMetrics.Succeeded, TimeProvider.System.GetElapsedTime(began));
            return result;
        }
        catch (AuthentiqStoreException failure)
        {
            var duration = TimeProvider.System.GetElapsedTime(began);
            metrics.Call(Store, RedisMetrics.Failed, duration);

            // The timeout of the client is not exact.
            if (duration > options.Value.CallTimeout / 2)
            {
                _outage.Fail(failure.Message);
            }

            throw;
        }
    }
}
