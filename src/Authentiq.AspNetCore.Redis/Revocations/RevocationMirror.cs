using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>What this node knows about logouts, and since when. A look-up in it takes no lock and no call.</summary>
internal sealed class RevocationMirror(IOptions<AuthentiqRedisOptions> options, IOptions<AuthentiqRevocationOptions> revocationOptions, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Entry> _revocations = new(StringComparer.Ordinal);
    private readonly long _createdAt = clock.GetTimestamp();
    private long _confirmedAt;
    private volatile bool _isLoaded;

    public int Count => _revocations.Count;

    /// <summary>Whether this node has ever read all logouts.</summary>
    public bool IsLoaded => _isLoaded;

    /// <summary>Whether that a logout is not known here means that there was none.</summary>
    public bool IsCurrent => Lag <= LongestAge;

    /// <summary>The time since everything was known that there was in Redis; <see langword="null"/> before the first time.</summary>
    public TimeSpan? Lag => _isLoaded ? clock.GetElapsedTime(Volatile.Read(ref _confirmedAt)) : null;

    /// <summary>The longest <see cref="Lag"/> while Redis is available: until the next poll should have been answered.</summary>
    public TimeSpan UsualLag => options.Value.PollInterval + options.Value.CallTimeout;

    // And then for as long as the application wants to trust it.
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

    /// <summary>Takes over what Redis holds of a key. The same token does not mean the same state: another delivery may have moved the revocation forward since.</summary>
    public void Refresh(AuthentiqRevocation stored) => _revocations.AddOrUpdate(
        stored.Key,
        static (_, current) => current.Mirror.CreateEntry(current.Stored, TimeSpan.Zero),
        static (_, copy, current) => current.Mirror.CreateEntry(current.Stored.CombineWith(copy.Revocation), copy.SweepAt),
        (Mirror: this, Stored: stored));

    /// <summary>Notes that everything is known that there was at a time.</summary>
    /// <param name="timestamp">The clock's timestamp before the store was asked.</param>
    public void Confirm(long timestamp)
    {
        Volatile.Write(ref _confirmedAt, timestamp);
        _isLoaded = true;
    }

    /// <summary>Removes what has expired, by the wall clock and by the monotonic clock: a wall clock that jumps ahead and back removes nothing.</summary>
    public void Sweep()
    {
        var (now, elapsed) = (clock.GetUtcNow(), clock.GetElapsedTime(_createdAt));
        foreach (var entry in _revocations)
        {
            if (entry.Value.Revocation.ExpiresAt <= now && entry.Value.SweepAt <= elapsed)
            {
                // By key and value: one that was renewed meanwhile stays.
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
