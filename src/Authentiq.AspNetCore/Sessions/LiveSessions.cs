using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Everything that happens to sessions on the server goes through here, whoever asks for it: the cookie, a page of the application, or the provider.</summary>
internal sealed class LiveSessions(IAuthentiqSessionStore store, IOptions<AuthentiqSessionOptions> options, TimeProvider clock, ILogger<LiveSessions> logger)
{
    // Precise enough for a person to tell sessions apart, and rare enough for a store elsewhere.
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(5);

    private int _isFailing;

    /// <summary>The session of a cookie. Every request that has one asks, so it is here that an outage of the store and its end are noticed, and told once.</summary>
    public async ValueTask<AuthentiqSession?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var session = await store.FindAsync(key, cancellationToken);
            if (Volatile.Read(ref _isFailing) == 1 && Interlocked.Exchange(ref _isFailing, 0) == 1)
            {
                logger.SessionsAnswerAgain();
            }

            return session;
        }
        catch (AuthentiqStoreException exception)
        {
            if (Interlocked.Exchange(ref _isFailing, 1) == 0)
            {
                logger.SessionsUnavailable(LogText.Clean(exception.Message));
            }

            throw;
        }
    }

    public Task<IReadOnlyList<AuthentiqSession>> FindOfPersonAsync(string subjectKey, CancellationToken cancellationToken) => store.FindBySubjectAsync(subjectKey, cancellationToken);

    public async Task AddAsync(AuthentiqSession session, CancellationToken cancellationToken)
    {
        await store.AddAsync(session, cancellationToken);
        logger.ServerSessionBegan();
    }

    public Task<bool> ReplaceAsync(AuthentiqSession session, CancellationToken cancellationToken) => store.ReplaceAsync(session, cancellationToken);

    /// <summary>Notes now and then that a session is used. That it cannot be noted is no reason to refuse anything.</summary>
    public async ValueTask SeeAsync(AuthentiqSession session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - session.SeenAt < TouchInterval)
        {
            return;
        }

        try
        {
            await store.TouchAsync(session.Key, now, cancellationToken);
        }
        catch (AuthentiqStoreException)
        {
            // The store has answered a moment ago, and the next request tries again.
        }
    }

    public async Task<bool> EndAsync(string key, CancellationToken cancellationToken)
    {
        var ended = await store.RemoveAsync(key, cancellationToken);
        if (ended)
        {
            logger.ServerSessionEnded();
        }

        return ended;
    }

    /// <summary>Ends the sessions of a user that match a condition.</summary>
    /// <returns>How many were still there.</returns>
    public Task<int> EndOfUserAsync(string subjectKey, Func<AuthentiqSession, bool> condition, CancellationToken cancellationToken) =>
        EndAsync(() => store.FindBySubjectAsync(subjectKey, cancellationToken), condition, cancellationToken);

    /// <summary>Ends what a logout of the provider ends. The key of a revocation is that of a person or of a session at the provider, and the two never meet.</summary>
    /// <returns>How many were still there.</returns>
    public async Task<int> EndAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken) =>
        await EndAsync(() => store.FindBySessionIdAsync(revocation.Key, cancellationToken), session => SessionFacts.Of(session)?.IsEndedBy(revocation) is true, cancellationToken)
        + await EndAsync(() => store.FindBySubjectAsync(revocation.Key, cancellationToken), session => SessionFacts.Of(session)?.IsEndedBy(revocation) is true, cancellationToken);

    // A store may return no more sessions at a time than a user may have: as long as it returns that many, and some of them have ended, there may be more.
    private async Task<int> EndAsync(Func<Task<IReadOnlyList<AuthentiqSession>>> find, Func<AuthentiqSession, bool> condition, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var (found, ended) = (await find(), 0);
            foreach (var session in found.Where(condition))
            {
                ended += await EndAsync(session.Key, cancellationToken) ? 1 : 0;
            }

            total += ended;
            if (ended == 0 || found.Count < options.Value.MaxSessionsPerUser)
            {
                return total;
            }
        }
    }
}
