using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// The one connection to Redis. It is made in the background when it is first needed, mends itself, and is tried anew when it could not be made at all. Whatever goes wrong with it is an
/// <see cref="AuthentiqStoreException"/>.
/// </summary>
internal sealed class RedisConnection(IOptions<AuthentiqRedisOptions> options, IServiceProvider services) : IAsyncDisposable, IDisposable
{
    private const int ReconnectMilliseconds = 1000;

    // The client looks at the time of its calls once a second. It knows why one was not answered, so it speaks first.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1.1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task<IConnectionMultiplexer>? _connecting;
    private IConnectionMultiplexer? _ours;

    private IEnumerable<EndPoint> Servers => _connecting is { IsCompletedSuccessfully: true, Result: var connection } ? connection.GetEndPoints(configuredOnly: true)
        : options.Value.Configuration is { } text ? ConfigurationOptions.Parse(text).EndPoints
        : [];

    /// <summary>Calls Redis, also while other calls fail.</summary>
    /// <exception cref="AuthentiqStoreException">There was no response in time, or Redis refused. Whether the command ran is not known.</exception>
    public Task<T> RunAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken) =>
        BoundAsync(async () => await command((await StartConnectingAsync()).GetDatabase()), cancellationToken);

    /// <summary>The connection, which need not be there at the moment.</summary>
    /// <exception cref="AuthentiqStoreException">It cannot be made.</exception>
    public Task<IConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken) => BoundAsync(StartConnectingAsync, cancellationToken);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        Interlocked.Exchange(ref _ours, null)?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        if (Interlocked.Exchange(ref _ours, null) is { } connection)
        {
            await connection.DisposeAsync();
        }
    }

    // The client's own timeouts do not cover what waits for a connection.
    private async Task<T> BoundAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().WaitAsync(options.Value.CallTimeout + Slack, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: the connection may be of the application's making.
            throw RedisFailure.Of(exception, Servers);
        }
    }

    private Task<IConnectionMultiplexer> StartConnectingAsync()
    {
        lock (_lock)
        {
            if (_connecting is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // Not on the caller's time: a factory, or the application's own service, may connect before it returns.
                var stop = _stop.Token;
                _connecting = Task.Run(() => OpenAsync(stop), stop);
            }

            return _connecting;
        }
    }

    private async Task<IConnectionMultiplexer> OpenAsync(CancellationToken stop)
    {
        if (options.Value.ConnectionMultiplexerFactory is { } factory)
        {
            return await factory(stop);
        }

        if (options.Value.Configuration is not { } text)
        {
            return services.GetRequiredService<IConnectionMultiplexer>();
        }

        var configuration = ConfigurationOptions.Parse(text);
        configuration.AbortOnConnectFail = false;
        configuration.ConnectRetry = 1;
        configuration.AsyncTimeout = configuration.SyncTimeout = (int)options.Value.CallTimeout.TotalMilliseconds;
        configuration.ReconnectRetryPolicy = new LinearRetry(ReconnectMilliseconds);
        var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        Interlocked.Exchange(ref _ours, connection);
        if (stop.IsCancellationRequested && Interlocked.Exchange(ref _ours, null) is { } late)
        {
            await late.DisposeAsync();
        }

        return connection;
    }
}
