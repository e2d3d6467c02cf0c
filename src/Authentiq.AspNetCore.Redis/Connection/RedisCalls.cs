using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// Calls for one kind of keys, and whether they are answered. In a cluster the keys of another kind may lie on another server: what their outage costs is not paid here, and their answers do
/// not end an outage here.
/// </summary>
/// <typeparam name="TStored">What lies under the keys: revocations or sessions.</typeparam>
internal sealed class RedisCalls<TStored>(RedisConnection redis, IOptions<AuthentiqRedisOptions> options)
{
    private readonly RedisPatience _patience = new(TimeProvider.System);

    /// <summary>Calls Redis.</summary>
    /// <param name="command">What it is asked.</param>
    /// <param name="cancellationToken">Ends the wait, and not the call.</param>
    /// <param name="isUrgent">Whether it is tried even while Redis does not answer others.</param>
    /// <exception cref="AuthentiqStoreException">It did not answer in time, or refused. Whether it has done what it was asked is not known.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken, bool isUrgent = false)
    {
        if (!isUrgent)
        {
            _patience.Spend();
        }

        var began = TimeProvider.System.GetTimestamp();
        try
        {
            var answer = await redis.RunAsync(command, cancellationToken);
            _patience.Restore();
            return answer;
        }
        catch (AuthentiqStoreException failure)
        {
            // The client's clock is not quite ours.
            if (TimeProvider.System.GetElapsedTime(began) > options.Value.CallTimeout / 2)
            {
                _patience.Lose(failure);
            }

            throw;
        }
    }
}
