using Authentiq.TestSupport.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class RedisSessionStoreContractTests(SharedRedis redis) : SessionStoreContract, IClassFixture<SharedRedis>, IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private RedisNode? _node;

    protected override IAuthentiqSessionStore Store => _node!.Sessions;

    protected override DateTimeOffset Now => _clock.GetUtcNow();

    public async ValueTask InitializeAsync() => _node = await RedisNode.StartAsync(
        redis.Server.Configuration, RedisNode.NewPrefix(), _clock, services: services => services.Configure<AuthentiqSessionOptions>(options => options.MaxSessionsPerUser = MaximumPerUser));

    public ValueTask DisposeAsync() => _node!.DisposeAsync();

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }

    // Redis measures it by its own clock, in milliseconds.
    protected override Task PassLeaseAsync(TimeSpan time) => Task.Delay(time + TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
}
