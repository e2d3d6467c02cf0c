using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// Fetches the key set for tokens that name an unknown key. Anyone can make up a key id, so fetches are limited: <see cref="Burst"/> at once, and then one in <see cref="Interval"/>. A request that finds the
/// limit reached waits for the next fetch, which all that wait share: made-up ids delay a genuine token, and never make it fail.
/// </summary>
internal sealed class KeySearches(LastKnownGood<IReadOnlyList<SecurityKey>> keys, TimeProvider clock)
{
    /// <summary>The number of fetches without a wait: a provider can rotate twice in a row.</summary>
    public const int Burst = 4;

    /// <summary>The maximum number of requests that wait for a fetch.</summary>
    public const int MaxWaiting = 64;

    /// <summary>The time after which another fetch is possible.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<IReadOnlyList<SecurityKey>>? _next;
    private DateTimeOffset _fullAt = DateTimeOffset.MinValue;
    private int _waiting;

    /// <summary>One request more waits for keys, until <see cref="Exit"/>.</summary>
    /// <exception cref="SignInException">Too many wait already.</exception>
    public void Enter()
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "too many tokens name a key that is unknown, and wait for the provider's key set").ToException();
        }
    }

    /// <summary>A request waits no longer.</summary>
    public void Exit() => Interlocked.Decrement(ref _waiting);

    /// <summary>Whether a fetch is possible without a wait, which is then taken.</summary>
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

    /// <summary>The key set as a fetch returns it that begins after this call.</summary>
    /// <exception cref="SignInException">The fetch fails.</exception>
    public Task<IReadOnlyList<SecurityKey>> FetchAsync()
    {
        lock (_lock)
        {
            return _next ??= RunAsync(Reserve());
        }
    }

    // The bucket as the time at which it will be full again: each fetch takes one interval out of it.
    private TimeSpan Reserve()
    {
        var now = clock.GetUtcNow();
        _fullAt = (_fullAt > now ? _fullAt : now) + Interval;
        var wait = _fullAt - now - (Burst * Interval);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private async Task<IReadOnlyList<SecurityKey>> RunAsync(TimeSpan wait)
    {
        // The wait begins at once; the rest does not run under the lock.
        var delay = wait > TimeSpan.Zero ? Task.Delay(wait, clock) : Task.CompletedTask;
        await Task.Yield();
        await delay;

        // One that already runs may have begun before those that wait here came.
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
