namespace Authentiq.AspNetCore;

/// <summary>
/// The leases of sessions in this process. They expire by the monotonic clock, and expired ones are removed when as many were added as are held. When the maximum is held, no other one can be acquired: a lease that were
/// taken from its owner would protect nothing.
/// </summary>
internal sealed class SessionLeases(TimeProvider clock)
{
    private const int SmallestSweep = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lease> _leases = new(StringComparer.Ordinal);
    private readonly long _createdAt = clock.GetTimestamp();
    private int _nextSweep = SmallestSweep;

    /// <summary>The number of leases, with those that have expired and were not removed yet.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _leases.Count;
            }
        }
    }

    public bool TryAcquire(string key, string owner, TimeSpan duration, int maximum)
    {
        lock (_lock)
        {
            var now = clock.GetElapsedTime(_createdAt);
            if (_leases.TryGetValue(key, out var known))
            {
                if (known.EndsAt > now && known.Owner != owner)
                {
                    return false;
                }
            }
            else if (!HasRoom(now, maximum))
            {
                return false;
            }

            _leases[key] = new(owner, duration < TimeSpan.MaxValue - now ? now + duration : TimeSpan.MaxValue);
            return true;
        }
    }

    public void Release(string key, string owner)
    {
        lock (_lock)
        {
            if (_leases.TryGetValue(key, out var known) && known.Owner == owner)
            {
                _leases.Remove(key);
            }
        }
    }

    private bool HasRoom(TimeSpan now, int maximum)
    {
        if (_leases.Count >= Math.Min(_nextSweep, maximum))
        {
            foreach (var (key, lease) in _leases)
            {
                if (lease.EndsAt <= now)
                {
                    _leases.Remove(key);
                }
            }

            _nextSweep = Math.Max(SmallestSweep, 2 * _leases.Count);
        }

        return _leases.Count < maximum;
    }

    /// <param name="Owner">The owner.</param>
    /// <param name="EndsAt">The time after the creation of this object at which it ends.</param>
    private readonly record struct Lease(string Owner, TimeSpan EndsAt);
}
