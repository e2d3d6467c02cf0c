using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>A cache of which one part is unavailable and the others are not.</summary>
public sealed class PartialCacheOutageTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly FakeLogger<AuthentiqHandler> _log = new();
    private readonly AuthentiqRevocationOptions _options = new();
    private readonly ShardedCache _cache = new();
    private readonly DistributedRevocationStore _store;

    public PartialCacheOutageTests() => _store = new(_cache, Options.Create(_options), _clock, _log);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_cannot_be_read_is_trusted_for_a_time_however_often_others_are_read()
    {
        await ReadBothAsync();
        _cache.Down = "bad";
        _clock.Advance(_options.CacheCheckInterval);

        var end = _clock.GetUtcNow() + _options.TrustFor;
        while (_clock.GetUtcNow() <= end)
        {
            (await _store.FindAsync("bad", Ct)).ShouldBeNull();
            (await _store.FindAsync("good", Ct)).ShouldBeNull();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        for (var i = 0; i < 100; i++)
        {
            await Should.ThrowAsync<AuthentiqStoreException>(_store.FindAsync("bad", Ct).AsTask());
            (await _store.FindAsync("good", Ct)).ShouldBeNull("another part of the cache is available");
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        _cache.Down = null;
        (await _store.FindAsync("bad", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_successful_read_begins_the_time_anew()
    {
        await ReadBothAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            _cache.Down = "bad";
            _clock.Advance(_options.CacheCheckInterval);
            (await _store.FindAsync("bad", Ct)).ShouldBeNull();
            _clock.Advance(_options.TrustFor);
            (await _store.FindAsync("bad", Ct)).ShouldBeNull();
            _cache.Down = null;
            _clock.Advance(TimeSpan.FromSeconds(1));
            (await _store.FindAsync("bad", Ct)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_key_that_is_seldom_read_is_not_refused_for_the_failures_of_another()
    {
        await ReadBothAsync();
        _cache.Down = "bad";
        for (var i = 0; i < 20; i++)
        {
            // Each time the store has answered another, and then failed a moment ago.
            _clock.Advance(_options.TrustFor + TimeSpan.FromSeconds(1));
            (await _store.FindAsync("busy", Ct)).ShouldBeNull();
            (await _store.FindAsync($"{i} bad", Ct)).ShouldBeNull();
            (await _store.FindAsync("good", Ct)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Who_wants_to_refuse_refuses_the_key_that_cannot_be_read_at_once_and_no_other()
    {
        _options.WhenStoreFails = AuthentiqStoreFailureMode.Refuse;
        await ReadBothAsync();
        _cache.Down = "bad";
        for (var i = 0; i < 20; i++)
        {
            _clock.Advance(_options.CacheCheckInterval);
            await Should.ThrowAsync<AuthentiqStoreException>(_store.FindAsync("bad", Ct).AsTask());
            (await _store.FindAsync("good", Ct)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_part_that_is_unavailable_is_read_once_in_a_second_and_key()
    {
        _options.WhenStoreFails = AuthentiqStoreFailureMode.Refuse;
        await ReadBothAsync();
        _cache.Down = "bad";
        _clock.Advance(_options.CacheCheckInterval);
        _cache.Reads = 0;

        for (var i = 0; i < 50; i++)
        {
            await Should.ThrowAsync<AuthentiqStoreException>(_store.FindAsync("bad", Ct).AsTask());
        }

        _cache.Reads.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<AuthentiqStoreException>(_store.FindAsync("bad", Ct).AsTask());
        _cache.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task A_known_logout_ends_sessions_whatever_cannot_be_read()
    {
        await ReadBothAsync();
        await _store.AddAsync(new() { Key = "bad", ProcessedTokenId = "token", IssuedAt = _clock.GetUtcNow(), ReceivedAt = _clock.GetUtcNow(), ExpiresAt = _clock.GetUtcNow().AddDays(1) }, Ct);
        _cache.Down = "bad";
        _clock.Advance(_options.CacheCheckInterval);

        (await _store.FindAsync("bad", Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_a_store_that_never_answered_nothing_is_trusted()
    {
        _cache.Down = "";

        await Should.ThrowAsync<AuthentiqStoreException>(_store.FindAsync("good", Ct).AsTask());
    }

    [Fact]
    public void What_is_remembered_of_failures_is_forgotten_a_day_after_the_last()
    {
        var failures = new KeyFailures(_options.TrustFor, _clock);
        failures.Add("key", wasCalled: true).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromHours(23));
        failures.Add("key", wasCalled: true).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromHours(23));
        failures.Add("key", wasCalled: true).ShouldBeFalse();

        _clock.Advance(TimeSpan.FromHours(24));
        for (var i = 0; i < 1000; i++)
        {
            failures.Add($"{i}", wasCalled: false).ShouldBeTrue();
            failures.Clear($"{i}");
        }

        failures.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_use_that_could_not_be_stored_can_be_tried_again()
    {
        _cache.Down = "once";
        await Should.ThrowAsync<AuthentiqStoreException>(_store.TryConsumeAsync("once", _clock.GetUtcNow().AddHours(1), Ct).AsTask());

        _cache.Down = null;
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await _store.TryConsumeAsync("once", _clock.GetUtcNow().AddHours(1), Ct)).ShouldBeTrue();
        (await _store.TryConsumeAsync("once", _clock.GetUtcNow().AddHours(1), Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_use_that_was_stored_before_the_outage_is_not_repeated_on_another_node()
    {
        var end = _clock.GetUtcNow().AddHours(1);
        (await _store.TryConsumeAsync("once", end, Ct)).ShouldBeTrue();
        var other = new DistributedRevocationStore(_cache, Options.Create(_options), _clock, _log);

        (await other.TryConsumeAsync("once", end, Ct)).ShouldBeFalse();
    }

    [Fact]
    public void A_mark_that_cannot_be_read_counts() => CachedMark.IsUsed("of another version"u8.ToArray(), _clock.GetUtcNow()).ShouldBeTrue();

    private async Task ReadBothAsync()
    {
        (await _store.FindAsync("good", Ct)).ShouldBeNull();
        (await _store.FindAsync("bad", Ct)).ShouldBeNull();
    }

    private sealed class ShardedCache : IDistributedCache
    {
        private readonly MemoryDistributedCache _inner = new(Options.Create(new MemoryDistributedCacheOptions()));

        /// <summary>The end of the keys that are unavailable.</summary>
        public string? Down { get; set; }

        public int Reads { get; set; }

        public byte[]? Get(string key) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public void Refresh(string key) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            Reads++;
            ThrowIfDown(key);
            return _inner.GetAsync(key, token);
        }

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            ThrowIfDown(key);
            return _inner.SetAsync(key, value, options, token);
        }

        private void ThrowIfDown(string key)
        {
            if (Down is { } down && key.EndsWith(down, StringComparison.Ordinal))
            {
                throw new InvalidOperationException("This shard is down.");
            }
        }
    }
}
