using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>The copy of all revocations in memory, and its age. A lookup takes no lock and makes no call.</summary>
internal sealed class RevocationMirror(IOptions<AuthentiqRedisOptions> options, IOptions<AuthentiqRevocationOptions> revocationOptions, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Entry> _revocations = new(StringComparer.Ordinal);
    private readonly long _createdAt = clock.GetTimestamp();
    private long _confirmedAt;
    private volatile bool _isLoaded;

    public int Count => _revocations.Count;

    /// <summary>Whether this node has ever read all logouts.</summary>
    public bool IsLoaded => _isLoaded;

    /// <summary>Whether the copy is recent enough to be trusted.</summary>
    public bool IsCurrent => Lag <= LongestAge;

    /// <summary>The age of the copy; <see langword="null"/> before the first read.</summary>
    public TimeSpan? Lag => _isLoaded ? clock.GetElapsedTime(Volatile.Read(ref _confirmedAt)) : null;

    /// <summary>The maximum <see cref="Lag"/> while Redis is available.</summary>
    public TimeSpan UsualLag => options.Value.PollInterval + options.Value.CallTimeout;

    // Extended by the time for which the application trusts cached revocations.
    private TimeSpan LongestAge =>
        UsualLag
        + (revocationOptions.Value is { WhenStoreFails: AuthentiqStoreFailureMode.TrustLastKnown, TrustFor: var trusted } ? trusted : TimeSpan.Zero);

    public AuthentiqRevocation? Find(string key) => _revocations.TryGetValue(key, out var known) && known.Revocation.ExpiresAt > clock.GetUtcNow() ? known.Revocation : null;

    /// <summary>Adds a revocation that may not have reached Redis.</summary>
    public void Add(AuthentiqRevocation revocation) => _revocations.AddOrUpdate(
        revocation.Key,
        static (_, added) => added.Mirror.CreateEntry(added.Revocation, TimeSpan.Zero),
        static (_, known, added) => added.Mirror.CreateEntry(added.Revocation.MergeWith(known.Revocation), known.SweepAt),
        (Mirror: this, Revocation: revocation));

    /// <summary>Merges the revocation that Redis holds for a key. The same token can have another state: another delivery can have changed the revocation.</summary>
    public void Refresh(AuthentiqRevocation stored) => _revocations.AddOrUpdate(
        stored.Key,
        static (_, current) => current.Mirror.CreateEntry(current.Stored, TimeSpan.Zero),
        static (_, copy, current) => current.Mirror.CreateEntry(current.Stored.CombineWith(copy.Revocation), copy.SweepAt),
        (Mirror: this, Stored: stored));

    /// <summary>Confirms that the copy contains all revocations up to a time.</summary>
    /// <param name="timestamp">The clock's timestamp before the read.</param>
    public void Confirm(long timestamp)
    {
        Volatile.Write(ref _confirmedAt, timestamp);
        _isLoaded = true;
    }

    /// <summary>Removes revocations that have expired, by the wall clock and by the monotonic clock: a wall clock that jumps ahead and back removes nothing.</summary>
    public void Sweep()
    {
        var (now, elapsed) = (clock.GetUtcNow(), clock.GetElapsedTime(_createdAt));
        foreach (var entry in _revocations)
        {
            if (entry.Value.Revocation.ExpiresAt <= now && entry.Value.SweepAt <= elapsed)
            {
                // Removes by key and value, so that a renewed revocation stays.
                _revocations.TryRemove(entry);
            }
        }
    }

    private Entry CreateEntry(AuthentiqRevocation revocation, TimeSpan earliest)
    {
        var sweepAt = clock.GetElapsedTime(_createdAt) + (revocation.ExpiresAt - clock.GetUtcNow());
        return new(revocation, sweepAt > earliest ? sweepAt : earliest);
    }

    /// <param name="Revocation">The revocation.</param>
    /// <param name="SweepAt">The time after the creation of the mirror before which it is not removed.</param>
    private readonly record struct Entry(AuthentiqRevocation Revocation, TimeSpan SweepAt);
}
