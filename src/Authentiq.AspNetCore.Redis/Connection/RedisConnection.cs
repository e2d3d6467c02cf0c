using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// The connection to Redis. It is created in the background when it is first needed, reconnects automatically, and is created again if the first attempt failed. All failures are reported as
/// <see cref="AuthentiqStoreException"/>.
/// </summary>
internal sealed class RedisConnection(IOptions<AuthentiqRedisOptions> options, IServiceProvider services) : IAsyncDisposable, IDisposable
{
    private const int ReconnectMilliseconds = 1000;

    // The client checks for timeouts once per second. Its exception contains the reason, so it gets the time to throw first.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1.1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task<IConnectionMultiplexer>? _connecting;
    private IConnectionMultiplexer? _ours;

    private IEnumerable<EndPoint> Servers => _connecting is { IsCompletedSuccessfully: true, Result: var connection } ? connection.GetEndPoints(configuredOnly: true)
        : options.Value.Configuration is { } text ? ConfigurationOptions.Parse(text).EndPoints
        : [];

    /// <summary>Calls Redis, even during an outage.</summary>
    /// <exception cref="AuthentiqStoreException">The call timed out or failed. It is unknown whether Redis executed the command.</exception>
    public Task<T> RunAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken) =>
        BoundAsync(async () => await command((await StartConnectingAsync()).GetDatabase()), cancellationToken);

    /// <summary>Returns the connection, which can be interrupted.</summary>
    /// <exception cref="AuthentiqStoreException">The connection cannot be created.</exception>
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

    // The timeouts of the client do not include the wait for a connection.
    private async Task<T> BoundAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().WaitAsync(options.Value.CallTimeout + Slack, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // All exceptions are translated: the application can supply the connection.
            throw RedisFailure.Of(exception, Servers);
        }
    }

    private Task<IConnectionMultiplexer> StartConnectingAsync()
    {
        lock (_lock)
        {
            if (_connecting is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // Not in the call itself: a factory or a service of the application can block while it connects.
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
