namespace Authentiq.AspNetCore;

/// <summary>Keys that were used once, in the memory of this process. It is bounded: when it is full, the key that expires first is removed.</summary>
internal sealed class ConsumedKeys(TimeProvider clock)
{
    /// <summary>The maximum number of keys: some 20 MB.</summary>
    public const int Capacity = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _keys = new(StringComparer.Ordinal);

    // Keys expire in about the order in which they come, which a heap takes without moving anything.
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
            while (_byExpiry.TryPeek(out _, out var end) && end <= now)
            {
                RemoveFirst();
            }

            if (expiresAt <= now || !_keys.TryAdd(key, expiresAt))
            {
                return false;
            }

            _byExpiry.Enqueue(key, expiresAt);

            // Only for a new key: a key that is used again must not push out its own mark.
            while (_byExpiry.Count > Capacity)
            {
                RemoveFirst();
            }

            return true;
        }
    }

    /// <summary>Removes the mark of a caller that was the first and could not complete.</summary>
    public void Release(string key)
    {
        lock (_lock)
        {
            _keys.Remove(key);
        }
    }

    // The entry of a key that was released, and perhaps used again, is left in the heap until its time.
    private void RemoveFirst()
    {
        if (_byExpiry.TryDequeue(out var key, out var end) && _keys.TryGetValue(key, out var expiresAt) && expiresAt == end)
        {
            _keys.Remove(key);
        }
    }
}
