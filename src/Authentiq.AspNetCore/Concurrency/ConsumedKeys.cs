namespace Authentiq.AspNetCore;

/// <summary>Keys that were used once, in the memory of this process. It is bounded: when it is full, the key that expires first is removed.</summary>
internal sealed class ConsumedKeys(TimeProvider clock)
{
    /// <summary>The maximum number of keys: some 20 MB.</summary>
    public const int Capacity = 100_000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _byExpiry = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _keys.Count;
            }
        }
    }

    /// <summary>Marks a key as used.</summary>
    /// <returns>Whether the caller is the first.</returns>
    public bool TryConsume(string key, DateTimeOffset expiresAt)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            RemoveFirst(end => end <= now);
            if (expiresAt <= now || !_keys.Add(key))
            {
                return false;
            }

            _byExpiry.Enqueue(key, expiresAt);
            RemoveFirst(_ => _keys.Count > Capacity);
            return true;
        }
    }

    private void RemoveFirst(Func<DateTimeOffset, bool> condition)
    {
        while (_byExpiry.TryPeek(out var key, out var end) && condition(end))
        {
            _byExpiry.Dequeue();
            _keys.Remove(key);
        }
    }
}
