using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

// One file for both packages: neither shows it to applications, and the package for Redis sees only the public types of the other.
#if AUTHENTIQ_REDIS
namespace Authentiq.AspNetCore.Redis;
#else
namespace Authentiq.AspNetCore;
#endif

/// <summary>
/// Keeps values until their time has come, and not a moment less: a cache would drop a logout under memory pressure. What has expired is swept when as much was written as is kept, so a write
/// costs the same however much there is, and a read takes no lock. A value is swept when the time that it had left has elapsed by the monotonic clock too: a wall clock that jumps ahead and back loses nothing.
/// </summary>
internal sealed class ExpiringMap<TValue>(TimeProvider clock, Func<TValue, DateTimeOffset> expiresAt) where TValue : notnull
{
    private const int SmallestSweep = 64;

    private readonly ConcurrentDictionary<string, Entry> _values = new(StringComparer.Ordinal);
    private readonly long _createdAt = clock.GetTimestamp();
    private int _writesUntilSweep = SmallestSweep;

    public int Count => _values.Count;

    public bool TryGet(string key, [MaybeNullWhen(false)] out TValue value)
    {
        var isThere = _values.TryGetValue(key, out var entry);
        value = entry.Value;
        return isThere && expiresAt(entry.Value) > clock.GetUtcNow();
    }

    public void Set(string key, TValue value) => Merge(key, value, static (added, _) => added);

    public void Remove(string key) => _values.TryRemove(key, out _);

    /// <summary>Adds a value, or what <paramref name="over"/> makes of it and the one that is there. It may be called more than once.</summary>
    public void Merge(string key, TValue value, Func<TValue, TValue, TValue> over)
    {
        _values.AddOrUpdate(
            key,
            static (_, added) => added.Map.CreateEntry(added.Value, TimeSpan.Zero),
            static (_, known, added) => added.Map.HasExpired(known)
                ? added.Map.CreateEntry(added.Value, TimeSpan.Zero)
                : added.Map.CreateEntry(added.Over(added.Value, known.Value), known.SweepAt),
            (Map: this, Value: value, Over: over));

        // Exactly one writer meets the zero.
        if (Interlocked.Decrement(ref _writesUntilSweep) == 0)
        {
            Sweep();
        }
    }

    /// <summary>Removes the values that have expired. Writes do it as well.</summary>
    public void Sweep()
    {
        foreach (var entry in _values)
        {
            if (HasExpired(entry.Value))
            {
                // By key and value: one that was written meanwhile stays.
                _values.TryRemove(entry);
            }
        }

        Interlocked.Exchange(ref _writesUntilSweep, Math.Max(SmallestSweep, _values.Count));
    }

    private bool HasExpired(Entry entry) => expiresAt(entry.Value) <= clock.GetUtcNow() && entry.SweepAt <= clock.GetElapsedTime(_createdAt);

    private Entry CreateEntry(TValue value, TimeSpan earliest)
    {
        var sweepAt = clock.GetElapsedTime(_createdAt) + (expiresAt(value) - clock.GetUtcNow());
        return new(value, sweepAt > earliest ? sweepAt : earliest);
    }

    /// <param name="Value">The value.</param>
    /// <param name="SweepAt">The time after the creation of the map before which it is not swept.</param>
    private readonly record struct Entry(TValue Value, TimeSpan SweepAt);
}
