using System.Runtime.InteropServices;

namespace Authentiq.AspNetCore;

/// <summary>
/// The keys that could not be read from a shared store, each since its last successful read. One part of a store may be unavailable while the others are not, so a successful read of one key
/// does not end the failure of another. A failure is remembered for a day after the last attempt, and so bounded by the keys that are in use.
/// </summary>
internal sealed class KeyFailures(TimeSpan trustFor, TimeProvider clock)
{
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ExpiringMap<Failure> _failures = new(clock, static failure => failure.LastAt + Memory);

    public int Count => _failures.Count;

    /// <summary>A key was read.</summary>
    public void Clear(string key) => _failures.Remove(key);

    /// <summary>A key could not be read.</summary>
    /// <param name="key">The key.</param>
    /// <param name="wasCalled">Whether the store was called for it, and not only avoided because another call had failed.</param>
    /// <returns>Whether what is known of the key may still be used: for <c>trustFor</c> after the first failure.</returns>
    public bool Add(string key, bool wasCalled)
    {
        var now = clock.GetUtcNow();
        _failures.Merge(
            key,
            new(now, now, wasCalled ? now + Pause : now, wasCalled),
            static (added, known) => known with { LastAt = added.LastAt, NextTry = added.WasCalled ? added.NextTry : known.NextTry, WasCalled = known.WasCalled || added.WasCalled });
        return IsTrusted(key);
    }

    /// <summary>Whether a call for a key has failed, so that one more failure does not change the state of the store.</summary>
    public bool HasFailed(string key) => _failures.TryGet(key, out var failure) && failure.WasCalled;

    /// <summary>The time since a key could first not be read; <see langword="null"/> when it was read last time.</summary>
    public TimeSpan? GetOutage(string key) => _failures.TryGet(key, out var failure) && failure.WasCalled ? clock.GetUtcNow() - failure.Since : null;

    public bool IsTrusted(string key) => !_failures.TryGet(key, out var failure) || clock.GetUtcNow() - failure.Since <= trustFor;

    /// <summary>Whether a call may be made for a key of its own, whatever happens to others: once per second.</summary>
    public bool TryTakeTurn(string key)
    {
        var now = clock.GetUtcNow();
        if (_failures.TryGet(key, out var failure) && now < failure.NextTry)
        {
            return false;
        }

        _failures.Merge(key, new(now, now, now + Pause, WasCalled: false), static (added, known) => known with { LastAt = added.LastAt, NextTry = added.NextTry });
        return true;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Failure(DateTimeOffset Since, DateTimeOffset LastAt, DateTimeOffset NextTry, bool WasCalled);
}
