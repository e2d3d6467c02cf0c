using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using StackExchange.Redis;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>What a node of an application has to do with Redis, without the rest of the application.</summary>
internal sealed class RedisNode : IAsyncDisposable
{
    // A machine that is busy with other tests is no failure of Redis.
    private static readonly TimeSpan LongCall = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider _services;

    private RedisNode(ServiceProvider services) => _services = services;

    public IAuthentiqRevocationStore Revocations => _services.GetRequiredService<IAuthentiqRevocationStore>();

    public IAuthentiqSessionStore Sessions => _services.GetRequiredService<IAuthentiqSessionStore>();

    public RevocationMirror Mirror => _services.GetRequiredService<RevocationMirror>();

    public RedisKeys Keys => _services.GetRequiredService<RedisKeys>();

    public HealthCheckService Health => _services.GetRequiredService<HealthCheckService>();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public FakeLogCollector Log => _services.GetFakeLogCollector();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A beginning of keys that no other test has.</summary>
    public static string NewPrefix() => string.Create(CultureInfo.InvariantCulture, $"test-{Guid.NewGuid():N}:");

    public static async Task<RedisNode> StartAsync(string configuration, string prefix, TimeProvider? clock = null, Action<AuthentiqRedisOptions>? options = null, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.AddFakeLogging().SetMinimumLevel(LogLevel.Trace));
        collection.AddSingleton(clock ?? TimeProvider.System);
        collection.AddAuthentiqRedis(redis =>
        {
            redis.Configuration = configuration;
            redis.KeyPrefix = prefix;
            redis.CallTimeout = LongCall;
            options?.Invoke(redis);
        });
        services?.Invoke(collection);

        var node = new RedisNode(collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }));
        foreach (var service in node._services.GetServices<IHostedService>())
        {
            await service.StartAsync(Ct);
        }

        return node;
    }

    public async Task<IDatabase> DatabaseAsync() => (await ConnectionAsync()).GetDatabase();

    public Task<IConnectionMultiplexer> ConnectionAsync() => _services.GetRequiredService<RedisConnection>().ConnectAsync(Ct);

    /// <summary>Waits until the node has asked Redis once.</summary>
    public Task ListenAsync() => _services.GetRequiredService<RevocationFeed>().FirstRead.WaitAsync(Ct);

    /// <summary>From now on this node hears no message.</summary>
    public async Task LoseMessagesAsync() => await (await ConnectionAsync()).GetSubscriber().UnsubscribeAllAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
