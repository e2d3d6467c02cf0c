using System.Diagnostics.Metrics;
using Authentiq.TestSupport;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class StoreMetricsTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private const string Delay = "authentiq.revocation.propagation.delay";
    private static readonly AuthentiqRevocationOptions Defaults = new();

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly string _prefix = RedisNode.NewPrefix();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_propagation_of_a_logout_through_Redis_is_measured_on_the_other_nodes_only()
    {
        await using var receiver = await StartAsync();
        await using var other = await StartAsync();
        await Task.WhenAll(receiver.ListenAsync(), other.ListenAsync());
        using var ofReceiver = Collect<double>(receiver.Meters, Delay);
        using var ofOther = Collect<double>(other.Meters, Delay);

        var logout = SomeLogout("a-user") with { ProcessedTokenId = null };
        _clock.Advance(TimeSpan.FromSeconds(2));
        await AddAsync(receiver, other, logout);
        await AddAsync(receiver, other, logout with { ProcessedTokenId = "another-token" });
        await AddAsync(receiver, other, SomeLogout("changed:a-session"));

        var measured = ofOther.GetMeasurementSnapshot().ShouldHaveSingleItem();
        measured.Value.ShouldBe(2, tolerance: 0.001);
        measured.Tags.ShouldBeEmpty();
        ofReceiver.GetMeasurementSnapshot().ShouldBeEmpty();

        // A node that starts later reads what is older than itself.
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var ofLater = Collect<double>(meters, Delay);
        await using var later = await RedisNode.StartAsync(redis.Server.Configuration, _prefix, _clock, services: collection => collection.AddSingleton(meters));
        await later.ListenAsync();
        later.Mirror.Find("a-user").ShouldNotBeNull();
        ofLater.GetMeasurementSnapshot().ShouldBeEmpty();
    }

    [Fact]
    public async Task Calls_of_Redis_are_measured_by_store_and_result()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var node = await RedisNode.StartAsync(server.Configuration, _prefix, options: options => options.CallTimeout = TimeSpan.FromSeconds(1));
        await node.ListenAsync();
        using var calls = Collect<double>(node.Meters, "authentiq.redis.call.duration");
        using var outages = Collect<long>(node.Meters, "authentiq.redis.outages");
        using var storeOutages = Collect<long>(node.Meters, "authentiq.store.outages");

        await node.Sessions.FindAsync("a-session", Ct);
        await node.Revocations.TryConsumeAsync("a-key", TimeProvider.System.GetUtcNow().AddHours(1), Ct);
        calls.GetMeasurementSnapshot().ShouldContain(call => Is(call, "sessions", "succeeded"));
        calls.GetMeasurementSnapshot().ShouldContain(call => Is(call, "revocations", "succeeded"));
        calls.GetMeasurementSnapshot().ShouldAllBe(call => call.Value >= 0 && call.Value < 30);
        outages.GetMeasurementSnapshot().ShouldBeEmpty();

        await server.PauseAsync();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                await Should.ThrowAsync<AuthentiqStoreException>(async () => await node.Sessions.FindAsync("a-session", Ct));
                await node.Revocations.AddAsync(SomeLogout("a-user"), Ct).ContinueWith(static _ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default);
                return outages.GetMeasurementSnapshot().Any(outage => (string?)outage.Tags[Tags.Store] == "sessions")
                    && calls.GetMeasurementSnapshot().Any(call => Is(call, "revocations", "failed"));
            },
            "the outage is counted");

        calls.GetMeasurementSnapshot().ShouldContain(call => Is(call, "sessions", "failed"));
        calls.GetMeasurementSnapshot().ShouldAllBe(call => call.Tags.Count == 2);
        outages.GetMeasurementSnapshot().ShouldAllBe(outage => outage.Tags.Count == 1);
        storeOutages.GetMeasurementSnapshot().ShouldAllBe(outage => (string?)outage.Tags[Tags.Store] == "revocations" && outage.Tags.Count == 1);
    }

    [Fact]
    public async Task With_a_distributed_cache_the_delay_ends_with_the_first_read()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        var (receiver, other) = (Node(), Node());

        // A node records no logout that is older than itself.
        _clock.Advance(TimeSpan.FromSeconds(1));
        using var delays = Collect<double>(meters, Delay);
        using var calls = Collect<long>(meters, "authentiq.store.calls");

        await receiver.AddAsync(SomeLogout("a-user"), Ct);
        await receiver.AddAsync(SomeLogout("changed:a-session"), Ct);
        _clock.Advance(TimeSpan.FromSeconds(3));
        await receiver.FindAsync("a-user", Ct);
        delays.GetMeasurementSnapshot().ShouldBeEmpty();

        (await other.FindAsync("a-user", Ct)).ShouldNotBeNull();
        (await other.FindAsync("changed:a-session", Ct)).ShouldNotBeNull();
        _clock.Advance(Defaults.CacheCheckInterval);
        await other.FindAsync("a-user", Ct);
        (await Node().FindAsync("a-user", Ct)).ShouldNotBeNull("a node that starts later");

        var measured = delays.GetMeasurementSnapshot().ShouldHaveSingleItem();
        measured.Value.ShouldBe(3, tolerance: 0.001);
        measured.Tags.ShouldBeEmpty();
        await other.TryConsumeAsync("a-key", _clock.GetUtcNow().AddHours(1), Ct);
        calls.GetMeasurementSnapshot().Select(call => (string?)call.Tags[Tags.Operation]).Distinct().ShouldBe(["add", "find", "consume"], ignoreOrder: true);
        calls.GetMeasurementSnapshot().ShouldAllBe(call => call.Tags.Count == 2 && (string?)call.Tags[Tags.Store] == "revocations");

        DistributedRevocationStore Node() => new(cache, Options.Create(Defaults), _clock, NullLogger<AuthentiqHandler>.Instance, new Metrics(meters));
    }

    [Fact]
    public void A_clock_that_is_behind_makes_no_negative_delay()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var delays = Collect<double>(meters, Delay);

        new Metrics(meters).Stores.Propagated(SomeLogout("a-user"), known: null, _clock.GetUtcNow().AddSeconds(-1), Defaults.ClockTolerance);

        delays.GetMeasurementSnapshot().ShouldHaveSingleItem().Value.ShouldBe(0);
    }

    private static bool Is(CollectedMeasurement<double> call, string store, string result) => (string?)call.Tags[Tags.Store] == store && (string?)call.Tags[Tags.Result] == result;

    private static MetricCollector<T> Collect<T>(IMeterFactory meters, string instrument) where T : struct => new(meters, Metrics.MeterName, instrument);

    private static async Task AddAsync(RedisNode receiver, RedisNode other, AuthentiqRevocation revocation)
    {
        await receiver.Revocations.AddAsync(revocation, Ct);
        await Eventually.BecomesTrueAsync(() => Task.FromResult(other.Mirror.Find(revocation.Key) is { } known && known.ProcessedTokenId == revocation.ProcessedTokenId), "it arrives");
    }

    // As a node that shares its store writes it. Each logout has a token of its own: one that was processed before changes nothing.
    private AuthentiqRevocation SomeLogout(string key)
    {
        var logout = SomeRevocation.Of(key, _clock.GetUtcNow());
        return logout with { ReceivedAt = logout.ReceivedAt + Defaults.ClockTolerance, ProcessedTokenId = "token-of-" + key };
    }

    private Task<RedisNode> StartAsync() => RedisNode.StartAsync(redis.Server.Configuration, _prefix, _clock);
}
