using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// Keeps what this node knows about logouts up to date. Whatever rings the bell, it then asks Redis what has changed since it last did: a message of another node, the clock for the messages
/// that were lost, or a connection that is back, after which it asks for everything. It also asks for everything when <see cref="ReloadSchedule"/> is due.
/// </summary>
internal sealed class RevocationFeed(
    RedisConnection connections,
    RedisCalls<AuthentiqRevocation> redis,
    RedisKeys keys,
    RevocationMirror mirror,
    UnreadableValues unreadable,
    IOptions<AuthentiqRedisOptions> options,
    TimeProvider clock,
    ILogger<RevocationFeed> logger)
    : BackgroundService
{
    private const int Page = 500;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<string> _toldFailures = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConnectionMultiplexer? _connection;
    private readonly ReloadSchedule _reloads = new(clock);
    private RedisValue _lastChange = 0;
    private int _mustReload;

    /// <summary>Ends when Redis has been asked once, with or without success.</summary>
    public Task FirstAnswer => _firstAnswer.Task;

    /// <summary>Tells the other nodes that there is something new. They would find it without: a message that cannot be sent is no failure.</summary>
    public async Task RingElsewhereAsync()
    {
        try
        {
            await redis.RunAsync(database => database.Multiplexer.GetSubscriber().PublishAsync(keys.Bell, RedisValue.EmptyString), CancellationToken.None);
        }
        catch (AuthentiqStoreException)
        {
            logger.RevocationNotAnnounced(options.Value.PollInterval);
        }
    }

    public override void Dispose()
    {
        _firstAnswer.TrySetResult();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = clock.CreateTimer(_ => Ring(), state: null, options.Value.PollInterval, options.Value.PollInterval);
        Ring();
        await foreach (var _ in _bell.Reader.ReadAllAsync(stoppingToken))
        {
            var succeeded = await TryUpdateAsync(stoppingToken);
            _firstAnswer.TrySetResult();
            timer.Change(succeeded ? options.Value.PollInterval : RetryInterval, options.Value.PollInterval);
        }
    }

    private void Ring() => _bell.Writer.TryWrite(true);

    private async Task<bool> TryUpdateAsync(CancellationToken cancellationToken)
    {
        try
        {
            // At least once in each PollInterval, whether Redis is available or not.
            mirror.Sweep();
            await ListenAsync(cancellationToken);
            await UpdateAsync(cancellationToken);
            if (_toldFailures.Count > 0)
            {
                logger.RedisAnswersAgain();
                _toldFailures.Clear();
            }

            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: an exception that leaves a background service stops the host, and with it every node.
            LogOutage(exception is AuthentiqStoreException failure ? failure.Message : $"unexpected failure ({exception.GetType().Name}).");
            return false;
        }
    }

    // An outage is told once. Of a Redis that was never reached each reason is: what takes too long at first may turn out to be a wrong password.
    private void LogOutage(string failure)
    {
        if (!mirror.IsLoaded && _toldFailures.Add(failure))
        {
            logger.RedisHasNotAnswered(failure);
        }
        else if (_toldFailures.Count == 0)
        {
            _toldFailures.Add(failure);
            logger.RedisDoesNotAnswer(failure);
        }
    }

    private async Task UpdateAsync(CancellationToken cancellationToken)
    {
        var isDue = _reloads.TakeIfDue();
        if (Interlocked.Exchange(ref _mustReload, 0) == 1 || isDue)
        {
            _lastChange = 0;
        }

        var asked = clock.GetTimestamp();
        while (await ReadPageAsync(cancellationToken) == Page)
        {
        }

        mirror.Confirm(asked);
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

        // The next logout makes a new index. Until then a node that has read the logouts before knows them, and one that has not knows nothing.
        if (response[2] == 0 && !mirror.IsLoaded)
        {
            throw new AuthentiqStoreException("The index of logouts cannot be read.");
        }

        for (var i = 3; i < response.Length; i += 1 + StoredRevocation.Fields)
        {
            if (StoredRevocation.TryRead(response[i].ToString(), response.AsSpan(i + 1, StoredRevocation.Fields), out var revocation))
            {
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

        // The subscription outlives connections; the messages of the time between two are lost.
        await redis.RunAsync(
            async database =>
            {
                await database.Multiplexer.GetSubscriber().SubscribeAsync(keys.Bell, (_, _) => Ring());
                return true;
            },
            cancellationToken);
        connection.ConnectionRestored += (_, _) => Reload();
        _connection = connection;
    }

    private void Reload()
    {
        Interlocked.Exchange(ref _mustReload, 1);
        Ring();
    }
}
