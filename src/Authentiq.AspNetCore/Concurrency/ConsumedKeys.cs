namespace Authentiq.AspNetCore;

/// <summary>Keys that were used once, in the memory of this process. It is bounded: when it is full, the key that expires first is removed.</summary>
internal sealed class ConsumedKeys(TimeProvider clock)
{
    /// <summary>The maximum number of keys: some 20 MB.</summary>
    public const int Capacity = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _keys = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateTimeOffset ExpiresAt, string Key)> _byExpiry = new(Comparer<(DateTimeOffset ExpiresAt, string Key)>.Create(Compare));

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
            RemoveWhile(next => next.ExpiresAt <= now);
            if (expiresAt <= now || !_keys.TryAdd(key, expiresAt))
            {
                return false;
            }

            _byExpiry.Add((expiresAt, key));

            // Only for a new key: a key that is used again must not push out its own mark.
            RemoveWhile(_ => _keys.Count > Capacity);
            return true;
        }
    }

    /// <summary>Removes the mark of a caller that was the first and could not complete.</summary>
    public void Release(string key)
    {
        lock (_lock)
        {
            if (_keys.Remove(key, out var expiresAt))
            {
                _byExpiry.Remove((expiresAt, key));
            }
        }
    }

    private void RemoveWhile(Func<(DateTimeOffset ExpiresAt, string Key), bool> condition)
    {
        while (_byExpiry.Count > 0 && _byExpiry.Min is var next && condition(next))
        {
            _byExpiry.Remove(next);
            _keys.Remove(next.Key);
        }
    }

    private static int Compare((DateTimeOffset ExpiresAt, string Key) one, (DateTimeOffset ExpiresAt, string Key) other) =>
        one.ExpiresAt.CompareTo(other.ExpiresAt) is var byTime and not 0 ? byTime : string.CompareOrdinal(one.Key, other.Key);
}
