namespace Authentiq.AspNetCore;

/// <summary>Keys that were used once, in the memory of this process. It is bounded: when it is full, the key that expires first is removed.</summary>
internal sealed class ConsumedKeys(TimeProvider clock)
{
    /// <summary>The maximum number of keys: some 20 MB.</summary>
    public const int Capacity = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _keys = new(StringComparer.Ordinal);
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
            while (_byExpiry.TryPeek(out var next, out var end) && (end <= now || _keys.Count >= Capacity))
            {
                _byExpiry.Dequeue();
                _keys.Remove(next);
            }

            if (expiresAt <= now || !_keys.TryAdd(key, expiresAt))
            {
                return false;
            }

            _byExpiry.Enqueue(key, expiresAt);
            return true;
        }
    }
}
