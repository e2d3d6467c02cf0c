using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>In a cluster, sessions and revocations lie in different slots, which different servers may hold: the outage of one says nothing about the other.</summary>
public sealed class RedisOutageTests : IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMilliseconds(20);

    private readonly Switchboard _switchboard = new();
    private readonly ServiceProvider _services;

    public RedisOutageTests() => _services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddAuthentiqRedis(redis =>
        {
            redis.CallTimeout = CallTimeout;
            redis.ConnectionMultiplexerFactory = _ => Task.FromResult(_switchboard.Connection);
        })
        .BuildServiceProvider();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_outage_of_the_sessions_leaves_the_revocations_alone()
    {
        _switchboard.Down = "{sessions}";
        await Should.ThrowAsync<AuthentiqStoreException>(() => TouchAsync());
        await Should.ThrowAsync<AuthentiqStoreException>(() => TouchAsync());
        _switchboard.Calls.ShouldBe(1, "the second call to the sessions fails at once");

        (await ConsumeAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task An_outage_of_the_revocations_leaves_the_sessions_alone()
    {
        _switchboard.Down = "{revocations}";
        await Should.ThrowAsync<AuthentiqStoreException>(() => ConsumeAsync());
        await Should.ThrowAsync<AuthentiqStoreException>(() => ConsumeAsync());
        _switchboard.Calls.ShouldBe(1, "the second call to the revocations fails at once");

        await TouchAsync();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Task TouchAsync() => _services.GetRequiredService<IAuthentiqSessionStore>().TouchAsync("key", TimeProvider.System.GetUtcNow(), Ct);

    private async Task<bool> ConsumeAsync() => await _services.GetRequiredService<IAuthentiqRevocationStore>().TryConsumeAsync("key", TimeProvider.System.GetUtcNow().AddHours(1), Ct);

    /// <summary>Connections whose scripts fail after the call timeout when they are for the keys that are down.</summary>
    private sealed class Switchboard
    {
        private int _calls;

        public Switchboard() => Connection = Stub<IConnectionMultiplexer>.Create((method, _) => method.Name switch
        {
            nameof(IConnectionMultiplexer.GetDatabase) => Database,
            nameof(IConnectionMultiplexer.GetEndPoints) => Array.Empty<System.Net.EndPoint>(),
            _ => null,
        });

        public string? Down { get; set; }

        public int Calls => _calls;

        public IConnectionMultiplexer Connection { get; }

        private IDatabase Database => Stub<IDatabase>.Create((_, arguments) => RunAsync(((RedisKey[])arguments[1]!)[0].ToString()));

        private async Task<RedisResult> RunAsync(string key)
        {
            Interlocked.Increment(ref _calls);
            if (Down is { } down && key.Contains(down, StringComparison.Ordinal))
            {
                await Task.Delay(CallTimeout, Ct);
                throw new TimeoutException();
            }

            return RedisResult.Create(1);
        }
    }

#pragma warning disable CA1852 // The proxy derives from it.
    private class Stub<T> : DispatchProxy where T : class
    {
        private Func<MethodInfo, object?[], object?> _run = (_, _) => null;

        public static T Create(Func<MethodInfo, object?[], object?> run)
        {
            var proxy = Create<T, Stub<T>>();
            ((Stub<T>)(object)proxy)._run = run;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _run(targetMethod!, args!);
    }
#pragma warning restore CA1852
}
