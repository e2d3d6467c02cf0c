using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Authentiq.AspNetCore;

/// <summary>
/// Keeps values until their time has come, and not a moment less: a cache would drop a logout under memory pressure. What has expired is swept when as much was written as is kept, so a write
/// costs the same however much there is, and a read takes no lock.
/// </summary>
internal sealed class ExpiringMap<TValue>(TimeProvider clock, Func<TValue, DateTimeOffset> expiresAt) where TValue : notnull
{
    private const int SmallestSweep = 64;

    private readonly ConcurrentDictionary<string, TValue> _values = new(StringComparer.Ordinal);
    private int _writesUntilSweep = SmallestSweep;

    public int Count => _values.Count;

    public bool TryGet(string key, [MaybeNullWhen(false)] out TValue value) => _values.TryGetValue(key, out value) && expiresAt(value) > clock.GetUtcNow();

    public void Set(string key, TValue value) => Merge(key, value, static (added, _) => added);

    public void Remove(string key) => _values.TryRemove(key, out _);

    /// <summary>Adds a value, or what <paramref name="over"/> makes of it and the one that is there. It may be called more than once.</summary>
    public void Merge(string key, TValue value, Func<TValue, TValue, TValue> over)
    {
        _values.AddOrUpdate(
            key,
            static (_, added) => added.Value,
            static (_, known, added) => added.ExpiresAt(known) > added.Now ? added.Over(added.Value, known) : added.Value,
            (Value: value, Over: over, ExpiresAt: expiresAt, Now: clock.GetUtcNow()));

        // Exactly one writer meets the zero.
        if (Interlocked.Decrement(ref _writesUntilSweep) == 0)
        {
            Sweep();
        }
    }

    private void Sweep()
    {
        var now = clock.GetUtcNow();
        foreach (var entry in _values)
        {
            if (expiresAt(entry.Value) <= now)
            {
                // By key and value: one that was written meanwhile stays.
                _values.TryRemove(entry);
            }
        }

        Interlocked.Exchange(ref _writesUntilSweep, Math.Max(SmallestSweep, _values.Count));
    }
}
