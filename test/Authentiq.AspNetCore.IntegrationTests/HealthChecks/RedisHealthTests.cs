using Authentiq.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class RedisHealthTests
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TrustFor = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_that_stops_is_degraded_while_revocations_are_trusted_and_then_unhealthy_until_it_returns()
    {
        await using var server = await RedisServer.StartAsync(keepsData: true, Ct);
        await using var node = await StartAsync(server);
        await node.ListenAsync();

        var entry = await CheckAsync(node);
        entry.Status.ShouldBe(HealthStatus.Healthy, entry.Description);
        entry.Data["lag_seconds"].ShouldBe(0L);
        entry.Data.ShouldContainKey("latency_milliseconds");

        await server.StopAsync();
        entry = await CheckAsync(node);
        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Description!.ShouldContain($"Redis at {server.Configuration}");

        _clock.Advance(PollInterval + CallTimeout + TrustFor);
        entry = await CheckAsync(node);
        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Data["lag_seconds"].ShouldBe((long)(PollInterval + CallTimeout + TrustFor).TotalSeconds);

        _clock.Advance(TimeSpan.FromSeconds(1));
        entry = await CheckAsync(node);
        entry.Status.ShouldBe(HealthStatus.Unhealthy);
        entry.Exception.ShouldBeNull();

        await server.StartAgainAsync(Ct);
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return (await CheckAsync(node)).Status is HealthStatus.Healthy;
            },
            "the node has found Redis again");
    }

    [Fact]
    public async Task A_node_that_has_never_reached_Redis_is_unhealthy()
    {
        await using var server = RedisServer.Prepare();
        await using var node = await StartAsync(server);

        var entry = await CheckAsync(node);

        entry.Status.ShouldBe(HealthStatus.Unhealthy);
        entry.Data.ShouldNotContainKey("lag_seconds");
        entry.Description!.ShouldContain("has not read the revocations");
    }

    [Fact]
    public async Task Server_side_sessions_in_a_Redis_that_stops_are_unhealthy()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var app = await RedisSite.StartAsync(server, sessionsOnServer: true, services: services => services.AddHealthChecks().AddAuthentiq().AddAuthentiqRedis());
        var health = app.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync(Ct)).Status.ShouldBe(HealthStatus.Healthy);

        await server.StopAsync();
        var report = await health.CheckHealthAsync(Ct);

        report.Entries["authentiq"].Status.ShouldBe(HealthStatus.Unhealthy);
        report.Entries["authentiq"].Data["sessions.store"].ShouldBe(nameof(RedisSessionStore));
        report.Entries["authentiq"].Data["sessions.failure"].ShouldBe(nameof(AuthentiqStoreException));
        report.Entries["authentiq"].Data.ShouldNotContainKey("revocations.failure", "cached revocations are used");
        report.Entries["authentiq-redis"].Status.ShouldBe(HealthStatus.Degraded);
    }

    private static async Task<HealthReportEntry> CheckAsync(RedisNode node) => (await node.Health.CheckHealthAsync(Ct)).Entries["authentiq-redis"];

    private Task<RedisNode> StartAsync(RedisServer server) => RedisNode.StartAsync(
        server.Configuration,
        RedisNode.NewPrefix(),
        _clock,
        options =>
        {
            options.PollInterval = PollInterval;
            options.CallTimeout = CallTimeout;
        },
        services =>
        {
            services.AddHealthChecks().AddAuthentiqRedis();
            services.Configure<AuthentiqRevocationOptions>(options => options.TrustFor = TrustFor);
        });
}
