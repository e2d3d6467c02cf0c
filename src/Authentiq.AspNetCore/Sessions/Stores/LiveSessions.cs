using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>All operations on server-side sessions, whether the cookie, a page of the application or the provider requests them.</summary>
internal sealed class LiveSessions
{
    // Precise enough for a user to distinguish sessions, and rare enough for a store outside the process.
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(5);

    private readonly IAuthentiqSessionStore _store;
    private readonly IOptions<AuthentiqSessionOptions> _options;
    private readonly TimeProvider _clock;
    private readonly Metrics _metrics;
    private readonly ILogger<LiveSessions> _logger;
    private readonly SessionChangeMarks _marks;
    private readonly OutageMonitor _outage;

    public LiveSessions(IAuthentiqSessionStore store, IOptions<AuthentiqSessionOptions> options, TimeProvider clock, Metrics metrics, SessionChangeMarks marks, ILogger<LiveSessions> logger)
    {
        (_store, _options, _clock, _metrics, _marks, _logger) = (store, options, clock, metrics, marks, logger);
        _outage = new(
            clock,
            reason =>
            {
                metrics.Stores.Outage(Metrics.Sessions);
                logger.SessionsUnavailable(reason);
            },
            logger.SessionsAnswerAgain);
        if (store is MemorySessionStore memory)
        {
            metrics.ShowSessions(() => memory.Count.Sessions);
        }
    }

    /// <inheritdoc cref="IAuthentiqSessionStore.AllowsCopies"/>
    public bool AllowCopies => _store.AllowsCopies;

    /// <summary>The session of a cookie. Every request with a cookie calls it, so an outage of the store and its end are detected here, and logged once.</summary>
    public async ValueTask<AuthentiqSession?> FindAsync(string key, CancellationToken cancellationToken)
    {
        using var activity = StartCall("find");
        try
        {
            var session = await _store.FindAsync(key, cancellationToken);
            _metrics.StoreCall(Metrics.Sessions, "find", error: null);
            _outage.Succeed();

            return session;
        }
        catch (AuthentiqStoreException exception)
        {
            activity.Fail(nameof(AuthentiqStoreException));
            _metrics.StoreCall(Metrics.Sessions, "find", nameof(AuthentiqStoreException));
            _outage.Fail(LogText.Clean(exception.Message));

            throw;
        }
    }

    /// <summary>The sessions of a user: as many as one may have.</summary>
    public Task<IReadOnlyList<AuthentiqSession>> FindOfUserAsync(string subjectKey, CancellationToken cancellationToken) => FindOfUserAsync(subjectKey, skip: 0, _options.Value.MaxSessionsPerUser, cancellationToken);

    /// <summary>A page of the sessions of a user, the most recently used one first.</summary>
    public Task<IReadOnlyList<AuthentiqSession>> FindOfUserAsync(string subjectKey, int skip, int take, CancellationToken cancellationToken) =>
        MeasureAsync("find_of_user", () => _store.FindBySubjectAsync(subjectKey, skip, take, cancellationToken));

    public async Task AddAsync(AuthentiqSession session, CancellationToken cancellationToken)
    {
        await MeasureAsync("add", () => _store.AddAsync(session, cancellationToken));
        _logger.ServerSessionBegan();
    }

    public async Task<AuthentiqSessionReplaceResult> ReplaceAsync(AuthentiqSession session, CancellationToken cancellationToken)
    {
        var result = await MeasureAsync("replace", () => _store.ReplaceAsync(session, cancellationToken));
        await MarkAsync(session.Key);
        return result;
    }

    /// <summary>Records from time to time that a session is used. A failure is ignored.</summary>
    public async ValueTask SeeAsync(AuthentiqSession session, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (now - session.LastSeenAt < TouchInterval)
        {
            return;
        }

        try
        {
            await MeasureAsync("touch", () => _store.TouchAsync(session.Key, now, cancellationToken));
        }
        catch (AuthentiqStoreException)
        {
            // The session has been read, and the next request tries again.
        }
    }

    public async Task<bool> EndAsync(string key, CancellationToken cancellationToken)
    {
        var ended = await MeasureAsync("remove", () => _store.RemoveAsync(key, cancellationToken));
        await MarkAsync(key);
        if (ended)
        {
            _logger.ServerSessionEnded();
        }

        return ended;
    }

    /// <summary>Ends the sessions of a user that match a condition.</summary>
    /// <returns>How many were still there.</returns>
    public Task<int> EndOfUserAsync(string subjectKey, Func<AuthentiqSession, bool> condition, CancellationToken cancellationToken) =>
        EndAsync(() => FindOfUserAsync(subjectKey, cancellationToken), condition);

    /// <summary>Ends what a logout of the provider ends. The key of a revocation is that of a user or of a session at the provider, and the two are never equal.</summary>
    /// <returns>How many were still there.</returns>
    public async Task<int> EndAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken) =>
        await EndAsync(() => MeasureAsync("find_of_session_id", () => _store.FindBySessionIdAsync(revocation.Key, cancellationToken)), session => SessionBinding.ReadFrom(session)?.IsEndedBy(revocation) is true)
        + await EndAsync(() => FindOfUserAsync(revocation.Key, cancellationToken), session => SessionBinding.ReadFrom(session)?.IsEndedBy(revocation) is true);

    // A store may return no more sessions at a time than a user may have: as long as it returns that many, and some of them have ended, there may be more. What was found is ended even if the caller cancels.
    private async Task<int> EndAsync(Func<Task<IReadOnlyList<AuthentiqSession>>> find, Func<AuthentiqSession, bool> condition)
    {
        var total = 0;
        while (true)
        {
            var (found, ended) = (await find(), 0);
            foreach (var session in found.Where(condition))
            {
                ended += await EndAsync(session.Key, CancellationToken.None) ? 1 : 0;
            }

            total += ended;
            if (ended == 0 || found.Count < _options.Value.MaxSessionsPerUser)
            {
                return total;
            }
        }
    }

    // Other nodes may have a copy.
    private Task MarkAsync(string key) => AllowCopies ? _marks.AddAsync(key) : Task.CompletedTask;

    // A call within this process is a look-up.
    private Activity? StartCall(string operation) => _store is MemorySessionStore ? null : Traces.StartStoreCall(Traces.SessionStore, operation);

    private Task<bool> MeasureAsync(string operation, Func<Task> call) => MeasureAsync(operation, async () =>
    {
        await call();
        return true;
    });

    private async Task<T> MeasureAsync<T>(string operation, Func<Task<T>> call)
    {
        using var activity = StartCall(operation);
        try
        {
            var result = await call();
            _metrics.StoreCall(Metrics.Sessions, operation, error: null);
            return result;
        }
        catch (Exception exception)
        {
            activity.Fail(exception.GetType().Name);
            _metrics.StoreCall(Metrics.Sessions, operation, exception.GetType().Name);
            throw;
        }
    }
}
