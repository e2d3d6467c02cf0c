using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// Fetches the key set for tokens that name an unknown key. Anyone can make up a key id, so the rate is limited: <see cref="Burst"/> fetches without a wait, and then one in each <see cref="Interval"/>. At the
/// limit, requests wait for the next fetch and share it: made-up ids delay a valid token, unless <see cref="MaxWaiting"/> requests wait already.
/// </summary>
internal sealed class KeySearches(LastKnownGood<IReadOnlyList<SecurityKey>> keys, TimeProvider clock)
{
    /// <summary>The number of fetches without a wait. A provider can rotate its keys twice in succession.</summary>
    public const int Burst = 4;

    /// <summary>The maximum number of requests that wait for a fetch.</summary>
    public const int MaxWaiting = 64;

    /// <summary>The time after which another fetch is possible.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<IReadOnlyList<SecurityKey>>? _next;
    private DateTimeOffset _fullAt = DateTimeOffset.MinValue;
    private int _waiting;

    /// <summary>Adds a request that waits for keys, until <see cref="Exit"/>.</summary>
    /// <exception cref="SignInException"><see cref="MaxWaiting"/> requests are waiting.</exception>
    public void Enter()
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "too many tokens with an unknown key are waiting for the provider's key set").ToException();
        }
    }

    /// <summary>Removes a request that has waited.</summary>
    public void Exit() => Interlocked.Decrement(ref _waiting);

    /// <summary>Reserves a fetch if one is possible without a wait. Returns whether it was reserved.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if ((_fullAt > now ? _fullAt : now) - now > (Burst - 1) * Interval)
            {
                return false;
            }

            Reserve();
            return true;
        }
    }

    /// <summary>Returns the key set of a fetch that starts after this call.</summary>
    /// <exception cref="SignInException">The fetch fails.</exception>
    public Task<IReadOnlyList<SecurityKey>> FetchAsync()
    {
        lock (_lock)
        {
            return _next ??= RunAsync(Reserve());
        }
    }

    // The token bucket is stored as the time at which it is full again. Each fetch moves that time by one interval.
    private TimeSpan Reserve()
    {
        var now = clock.GetUtcNow();
        _fullAt = (_fullAt > now ? _fullAt : now) + Interval;
        var wait = _fullAt - now - (Burst * Interval);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private async Task<IReadOnlyList<SecurityKey>> RunAsync(TimeSpan wait)
    {
        // The wait starts immediately; the rest does not run under the lock.
        var delay = wait > TimeSpan.Zero ? Task.Delay(wait, clock) : Task.CompletedTask;
        await Task.Yield();
        await delay;

        // A running fetch may have started before the requests that wait here.
        while (keys.Running is { } running)
        {
            await Task.WhenAny(running);
        }

        lock (_lock)
        {
            _next = null;
        }

        return await keys.FetchAsync();
    }
}
