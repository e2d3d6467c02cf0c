using System.Diagnostics.CodeAnalysis;

namespace Authentiq.Emulator;

/// <summary>Stores values under random keys for a lifetime, limited in number and in size. The oldest value is removed first.</summary>
internal sealed class BoundedStore<T>(TimeProvider clock, TimeSpan lifetime, int capacity, Func<T, int>? sizeOf = null)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(Entry Item, int Size)>> _byKey = new(StringComparer.Ordinal);
    private readonly BoundedList<Entry> _byAge = new(capacity, entry => Footprint.Of(entry.Key) + (sizeOf?.Invoke(entry.Value) ?? 0));

    public TimeSpan Lifetime => lifetime;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byAge.Count;
            }
        }
    }

    public int Bytes
    {
        get
        {
            lock (_lock)
            {
                return _byAge.Bytes;
            }
        }
    }

    public IReadOnlyList<T> Values
    {
        get
        {
            lock (_lock)
            {
                RemoveExpired();
                return [.. _byAge.Items.Select(entry => entry.Value)];
            }
        }
    }

    public void Add(string key, T value)
    {
        lock (_lock)
        {
            RemoveExpired();
            _byKey.Add(key, _byAge.Add(new Entry(key, value, clock.GetUtcNow() + lifetime), removed => _byKey.Remove(removed.Key)));
        }
    }

    public bool TryGet(string? key, [NotNullWhen(true)] out T? value)
    {
        lock (_lock)
        {
            RemoveExpired();
            value = key is not null && _byKey.TryGetValue(key, out var node) ? node.Value.Item.Value : null;
            return value is not null;
        }
    }

    /// <summary>Returns <see langword="true"/> to the caller that removed the value.</summary>
    public bool TryRemove(string key)
    {
        lock (_lock)
        {
            RemoveExpired();
            if (!_byKey.Remove(key, out var node))
            {
                return false;
            }

            _byAge.Remove(node);
            return true;
        }
    }

    // All values have the same lifetime, so the oldest expires first.
    private void RemoveExpired()
    {
        while (_byAge.Oldest is { } oldest && oldest.Expires <= clock.GetUtcNow())
        {
            _byKey.Remove(oldest.Key, out var node);
            _byAge.Remove(node!);
        }
    }

    private sealed record Entry(string Key, T Value, DateTimeOffset Expires);
}
