using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>The copy of all revocations in memory, and its age. A lookup takes no lock and makes no call.</summary>
internal sealed class RevocationMirror(IOptions<AuthentiqRedisOptions> options, IOptions<AuthentiqRevocationOptions> revocationOptions, TimeProvider clock)
{
    private readonly ExpiringMap<AuthentiqRevocation> _revocations = new(clock, static revocation => revocation.ExpiresAt);
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

    public AuthentiqRevocation? Find(string key) => _revocations.TryGet(key, out var revocation) ? revocation : null;

    /// <summary>Adds a revocation that may not have reached Redis.</summary>
    public void Add(AuthentiqRevocation revocation) => _revocations.Merge(revocation.Key, revocation, static (added, known) => added.MergeWith(known));

    /// <summary>Merges the revocation that Redis holds for a key. The same token can have another state: another delivery can have changed the revocation.</summary>
    public void Refresh(AuthentiqRevocation stored) => _revocations.Merge(stored.Key, stored, static (current, copy) => current.CombineWith(copy));

    /// <summary>Confirms that the copy contains all revocations up to a time.</summary>
    /// <param name="timestamp">The clock's timestamp before the read.</param>
    public void Confirm(long timestamp)
    {
        Volatile.Write(ref _confirmedAt, timestamp);
        _isLoaded = true;
    }

    /// <summary>Removes revocations that have expired.</summary>
    public void Sweep() => _revocations.Sweep();
}
