using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Logouts in a cache that all nodes share. The result for a key is used for <see cref="AuthentiqRevocationOptions.CacheCheckInterval"/>, so most requests do not call the cache; what this node knows
/// of a logout, it knows until the logout expires.
/// </summary>
/// <remarks>
/// A cache cannot compare and set: of two logouts of one user within milliseconds, received by two nodes, one may overwrite the other there. Both nodes have then acted on their own, and either
/// ends every session that began before both.
/// </remarks>
internal sealed class DistributedRevocationStore(IDistributedCache cache, IOptions<AuthentiqRevocationOptions> options, TimeProvider clock, ILogger<AuthentiqHandler> logger, Metrics? metrics = null) : IAuthentiqRevocationStore
{
    private static readonly DistributedCacheEntryOptions TokenMemory = new() { AbsoluteExpirationRelativeToNow = MemoryRevocationStore.TokenMemory };
    private static readonly byte[] Seen = [1];

    private readonly DateTimeOffset _createdAt = clock.GetUtcNow();
    private readonly CacheCalls _cache = new(options.Value, clock, logger, metrics);
    private readonly KeyFailures _failures = new(options.Value.TrustFor, clock);
    private readonly ConsumedKeys _consumed = new(clock);
    private readonly ExpiringMap<AuthentiqRevocation> _known = new(clock, static revocation => revocation.ExpiresAt);
    private readonly ExpiringMap<DateTimeOffset> _answers = new(clock, static goodUntil => goodUntil);

    /// <summary>How long the cache, or the part of it that holds a key, has been unavailable; <see langword="null"/> when it is available.</summary>
    public TimeSpan? GetOutage(string key) => _failures.GetOutage(key) is { } ofKey && !(_cache.Outage > ofKey) ? ofKey : _cache.Outage;

    public async Task AddAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken)
    {
        try
        {
            if (await _cache.CallAsync("add", token => WriteAsync(revocation, token), evenIfFailing: true, cancellationToken) is { } kept)
            {
                Refresh(kept);
            }
        }
        catch (AuthentiqStoreException)
        {
            // The logout takes effect on this node. The provider repeats it for the others.
            _known.Merge(revocation.Key, revocation, static (added, known) => added.MergeWith(known));
            throw;
        }
    }

    public ValueTask<AuthentiqRevocation?> FindAsync(string key, CancellationToken cancellationToken) =>
        _answers.TryGet(key, out _) ? new(Known(key)) : AskAsync(key, cancellationToken);

    /// <summary>Calls the cache even if it has returned no revocation within <see cref="AuthentiqRevocationOptions.CacheCheckInterval"/>.</summary>
    public ValueTask<AuthentiqRevocation?> FindUncachedAsync(string key, CancellationToken cancellationToken) => AskAsync(key, cancellationToken);

    /// <summary>Atomic on this node only: a cache cannot compare and set, so two nodes that are called within the same milliseconds may both be the first.</summary>
    /// <remarks>
    /// When the cache is unavailable, the mark of this node is removed before the exception is thrown, so that a retry is possible. A write that has reached the cache all the same makes that
    /// retry return <see langword="false"/>: a key is never used twice because of an outage.
    /// </remarks>
    public async ValueTask<bool> TryConsumeAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        if (!_consumed.TryConsume(key, expiresAt))
        {
            return false;
        }

        try
        {
            return await _cache.CallAsync("consume", token => ConsumeAsync(key, expiresAt, token), evenIfFailing: false, cancellationToken);
        }
        catch
        {
            _consumed.Release(key);
            throw;
        }
    }

    private async Task<bool> ConsumeAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var entry = CachedRevocation.KeyOfConsumed(key);
        if (CachedMark.IsUsed(await cache.GetAsync(entry, cancellationToken), clock.GetUtcNow()))
        {
            return false;
        }

        await cache.SetAsync(entry, CachedMark.Write(expiresAt), new() { AbsoluteExpirationRelativeToNow = TimeUntil(expiresAt) }, cancellationToken);
        return true;
    }

    private async ValueTask<AuthentiqRevocation?> AskAsync(string key, CancellationToken cancellationToken)
    {
        var wasCalled = false;
        try
        {
            if (await CallForAsync(key, ReadThisAsync, cancellationToken) is { } found)
            {
                RecordDelay(found);
                Refresh(found);
            }

            _failures.Clear(key);
            _answers.Set(key, clock.GetUtcNow() + options.Value.CacheCheckInterval);
        }
        catch (AuthentiqStoreException)
        {
            // By the key as well: others may have been read since, and the store as a whole counts as available.
            var isTrusted = _failures.Add(key, wasCalled);
            if (!isTrusted || !_cache.MayTrust)
            {
                throw;
            }
        }

        return Known(key);

        Task<AuthentiqRevocation?> ReadThisAsync(CancellationToken token)
        {
            wasCalled = true;
            return ReadAsync(key, token);
        }
    }

    // One part of a cache may be unavailable while the others are not. A key of that part is tried by itself, and does not keep the others from being read; and a key that would be refused is
    // read first, as it may only have been skipped because of another.
    private Task<T> CallForAsync<T>(string key, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var isPartly = _cache.WasRecentlyAvailable;
        if (isPartly && _failures.HasFailed(key))
        {
            return _failures.TryTakeTurn(key)
                ? _cache.CallAsync("find", read, evenIfFailing: true, isKnownToFail: true, cancellationToken)
                : Task.FromException<T>(new AuthentiqStoreException("This part of the cache is unavailable, and is tried again in a moment."));
        }

        var mustRead = isPartly && _cache.IsFailing && !(_cache.MayTrust && _failures.IsTrusted(key)) && _failures.TryTakeTurn(key);
        return _cache.CallAsync("find", read, evenIfFailing: mustRead, isKnownToFail: mustRead, cancellationToken);
    }

    private async Task<AuthentiqRevocation?> WriteAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken)
    {
        var tokenKey = revocation.ProcessedTokenId is { } tokenId ? CachedRevocation.KeyOfToken(tokenId) : null;
        if (tokenKey is not null && await cache.GetAsync(tokenKey, cancellationToken) is not null)
        {
            return null;
        }

        var kept = revocation.MergeWith(await ReadAsync(revocation.Key, cancellationToken));
        await cache.SetAsync(CachedRevocation.KeyOf(revocation.Key), CachedRevocation.Write(kept), new() { AbsoluteExpirationRelativeToNow = TimeUntil(kept.ExpiresAt) }, cancellationToken);
        if (tokenKey is not null)
        {
            await cache.SetAsync(tokenKey, Seen, TokenMemory, cancellationToken);
        }

        return kept;
    }

    private async Task<AuthentiqRevocation?> ReadAsync(string key, CancellationToken cancellationToken) =>
        CachedRevocation.Read(key, await cache.GetAsync(CachedRevocation.KeyOf(key), cancellationToken)) is { } found && found.ExpiresAt > clock.GetUtcNow() ? found : null;

    // The same token does not mean the same state: another delivery may have moved the revocation forward in the cache since.
    private void Refresh(AuthentiqRevocation stored) =>
        _known.Merge(stored.Key, stored, static (current, copy) => current.CombineWith(copy));

    // A node also reads logouts that are older than the node itself. They have no delay.
    private void RecordDelay(AuthentiqRevocation found)
    {
        var tolerance = options.Value.ClockTolerance;
        if (found.ReceivedAt - tolerance >= _createdAt)
        {
            metrics?.Stores.Propagated(found, Known(found.Key), clock.GetUtcNow(), tolerance);
        }
    }

    private AuthentiqRevocation? Known(string key) => _known.TryGet(key, out var revocation) ? revocation : null;

    // A cache refuses an entry that has expired.
    private TimeSpan TimeUntil(DateTimeOffset time) => time - clock.GetUtcNow() is var left && left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
}
