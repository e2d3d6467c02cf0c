using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// Updates the revocations in memory. It reads the changes since the last read when another node sends a message and at each poll, and reads all revocations
/// after a reconnect and when <see cref="ReloadSchedule"/> is due.
/// </summary>
internal sealed class RevocationFeed(
    RedisConnection connections,
    RedisCalls<AuthentiqRevocation> redis,
    RedisKeys keys,
    RevocationMirror mirror,
    UnreadableValues unreadable,
    RedisMetrics metrics,
    IOptions<AuthentiqRedisOptions> options,
    IOptions<AuthentiqRevocationOptions> revocationOptions,
    TimeProvider clock,
    ILogger<RevocationFeed> logger)
    : BackgroundService
{
    private const int Page = 500;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _notifications = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    // Not by the clock of the application, which can fail: the service must survive any exception.
    private readonly OutageMonitor _outage = new(
        TimeProvider.System,
        reason =>
        {
            metrics.Stores.Outage(StoreMetrics.Revocations);
            if (mirror.IsLoaded)
            {
                logger.RedisDoesNotAnswer(reason);
            }
            else
            {
                logger.RedisHasNotAnswered(reason);
            }
        },
        logger.RedisAnswersAgain);

    private readonly TaskCompletionSource _firstRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConnectionMultiplexer? _connection;
    private readonly ReloadSchedule _reloads = new(clock);
    private RedisValue _lastChange = 0;
    private int _mustReload;

    /// <summary>Completes after the first read, successful or not.</summary>
    public Task FirstRead => _firstRead.Task;

    /// <summary>Notifies the other nodes of a new revocation. If the message cannot be sent, they find the revocation at the next poll.</summary>
    public async Task PublishAsync()
    {
        try
        {
            await redis.RunAsync(database => database.Multiplexer.GetSubscriber().PublishAsync(keys.NotificationChannel, RedisValue.EmptyString), CancellationToken.None);
        }
        catch (AuthentiqStoreException)
        {
            logger.RevocationNotAnnounced(options.Value.PollInterval);
        }
    }

    public override void Dispose()
    {
        _firstRead.TrySetResult();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = clock.CreateTimer(_ => Notify(), state: null, options.Value.PollInterval, options.Value.PollInterval);
        Notify();
        await foreach (var _ in _notifications.Reader.ReadAllAsync(stoppingToken))
        {
            var succeeded = await TryUpdateAsync(stoppingToken);
            _firstRead.TrySetResult();
            timer.Change(succeeded ? options.Value.PollInterval : RetryInterval, options.Value.PollInterval);
        }
    }

    private void Notify() => _notifications.Writer.TryWrite(true);

    private async Task<bool> TryUpdateAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Runs at least once per PollInterval, whether Redis is available or not.
            mirror.Sweep();
            await ListenAsync(cancellationToken);
            await UpdateAsync(cancellationToken);
            _outage.Succeed();

            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An unhandled exception in a background service would stop the host.
            _outage.Fail(exception is AuthentiqStoreException failure ? failure.Message : $"unexpected failure ({exception.GetType().Name}).");
            return false;
        }
    }

    private async Task UpdateAsync(CancellationToken cancellationToken)
    {
        var isDue = _reloads.TakeIfDue();
        if (Interlocked.Exchange(ref _mustReload, 0) == 1 || isDue)
        {
            _lastChange = 0;
        }

        var startedAt = clock.GetTimestamp();
        while (await ReadPageAsync(cancellationToken) == Page)
        {
        }

        mirror.Confirm(startedAt);
    }

    private async Task<int> ReadPageAsync(CancellationToken cancellationToken)
    {
        var response = (RedisValue[])(await redis.RunAsync(
            database => database.ScriptEvaluateAsync(RevocationScripts.Changes, [keys.Changes, keys.Expiries], [_lastChange, Page, keys.RevocationPrefix]),
            cancellationToken))!;
        if (response[2] != 1)
        {
            unreadable.Report("the index of logouts");
        }

        // The next logout creates a new index. Until then, a node that has read the logouts uses its copy, and a node that has not cannot start.
        if (response[2] == 0 && !mirror.IsLoaded)
        {
            throw new AuthentiqStoreException("The index of logouts cannot be read.");
        }

        for (var i = 3; i < response.Length; i += 1 + StoredRevocation.Fields)
        {
            if (StoredRevocation.TryRead(response[i].ToString(), response.AsSpan(i + 1, StoredRevocation.Fields), out var revocation))
            {
                // The first read finds logouts that are older than this node.
                if (mirror.IsLoaded)
                {
                    metrics.Stores.Propagated(revocation, mirror.Find(revocation.Key), clock.GetUtcNow(), revocationOptions.Value.ClockTolerance);
                }

                mirror.Refresh(revocation);
            }
            else
            {
                unreadable.Report("a logout");
            }
        }

        _lastChange = response[0];
        return (int)response[1];
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null)
        {
            return;
        }

        var connection = await connections.ConnectAsync(cancellationToken);

        // The subscription survives a reconnect. Messages that are sent in the meantime are lost.
        await redis.RunAsync(
            async database =>
            {
                await database.Multiplexer.GetSubscriber().SubscribeAsync(keys.NotificationChannel, (_, _) => Notify());
                return true;
            },
            cancellationToken);
        connection.ConnectionRestored += (_, _) => Reload();
        _connection = connection;
    }

    private void Reload()
    {
        Interlocked.Exchange(ref _mustReload, 1);
        Notify();
    }
}
