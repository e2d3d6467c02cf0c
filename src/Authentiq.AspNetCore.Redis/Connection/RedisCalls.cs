using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// Calls Redis for one kind of keys, and tracks the outages of that kind. In a cluster, keys of another kind can be on another server: their outage does not affect these calls, and their
/// success does not end an outage of these calls.
/// </summary>
/// <typeparam name="TStored">The kind of the stored values: revocations or sessions.</typeparam>
internal sealed class RedisCalls<TStored>(RedisConnection redis, IOptions<AuthentiqRedisOptions> options)
{
    private readonly OutageMonitor _outage = new(TimeProvider.System);

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
            return result;
        }
        catch (AuthentiqStoreException failure)
        {
            // The timeout of the client is not exact.
            if (TimeProvider.System.GetElapsedTime(began) > options.Value.CallTimeout / 2)
            {
                _outage.Fail(failure.Message);
            }

            throw;
        }
    }
}
