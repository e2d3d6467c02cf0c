using System.Diagnostics.CodeAnalysis;

namespace Authentiq.Emulator;

/// <summary>Remembers values under random keys, for a time, and no more than so many: the oldest gives way.</summary>
internal sealed class BoundedStore<T>(TimeProvider clock, TimeSpan lifetime, int capacity)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byAge = new();

    public TimeSpan Lifetime => lifetime;

    public IReadOnlyList<T> Values
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return [.. _byAge.Select(entry => entry.Value)];
            }
        }
    }

    public void Add(string key, T value)
    {
        lock (_lock)
        {
            Forget();
            if (_byAge.Count == capacity)
            {
                RemoveOldest();
            }

            _byKey.Add(key, _byAge.AddLast(new Entry(key, value, clock.GetUtcNow() + lifetime)));
        }
    }

    public bool TryGet(string? key, [NotNullWhen(true)] out T? value)
    {
        lock (_lock)
        {
            Forget();
            value = key is not null && _byKey.TryGetValue(key, out var node) ? node.Value.Value : null;
            return value is not null;
        }
    }

    /// <summary>True for the one caller that removed it.</summary>
    public bool TryRemove(string key)
    {
        lock (_lock)
        {
            Forget();
            if (!_byKey.Remove(key, out var node))
            {
                return false;
            }

            _byAge.Remove(node);
            return true;
        }
    }

    // Everything in one store lives equally long, so what expires is always at the front.
    private void Forget()
    {
        while (_byAge.First is { } oldest && oldest.Value.Expires <= clock.GetUtcNow())
        {
            RemoveOldest();
        }
    }

    private void RemoveOldest()
    {
        _byKey.Remove(_byAge.First!.Value.Key);
        _byAge.RemoveFirst();
    }

    private sealed record Entry(string Key, T Value, DateTimeOffset Expires);
}
