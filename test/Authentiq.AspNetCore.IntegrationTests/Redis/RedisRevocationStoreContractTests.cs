using Authentiq.TestSupport.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class RedisRevocationStoreContractTests(SharedRedis redis) : RevocationStoreContract, IClassFixture<SharedRedis>, IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private RedisNode? _node;

    protected override IAuthentiqRevocationStore Store => _node!.Revocations;

    protected override DateTimeOffset Now => _clock.GetUtcNow();

    public async ValueTask InitializeAsync() => _node = await RedisNode.StartAsync(redis.Server.Configuration, RedisNode.NewPrefix(), _clock);

    public ValueTask DisposeAsync() => _node!.DisposeAsync();

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}
