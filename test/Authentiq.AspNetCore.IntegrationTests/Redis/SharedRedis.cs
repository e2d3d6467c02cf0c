using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>One Redis for the tests of a class; each test has keys of its own.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private RedisServer? _server;

    public RedisServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}
