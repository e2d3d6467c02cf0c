using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A store outside the process, as far as the package can tell: it can be down, be slow at a chosen moment, and be looked into.</summary>
internal sealed class ProbedSessionStore(TimeProvider? clock = null, int perUser = 1000) : IAuthentiqSessionStore, IDisposable
{
    /// <summary>As the store of the package for Redis does.</summary>
    public bool AllowsCopies => true;

    private readonly MemorySessionStore _inner = new(Options.Create(new AuthentiqSessionOptions { MaxSessionsPerUser = perUser }), clock ?? TimeProvider.System, NullLogger<MemorySessionStore>.Instance);
    private readonly ConcurrentDictionary<string, AuthentiqSession> _written = new(StringComparer.Ordinal);
    private Func<Task> _beforeReplace = () => Task.CompletedTask;
    private int _lookUps;

    public bool IsDown { get; set; }

    /// <summary>How many look-ups succeed before one fails; <see langword="null"/> when none fails.</summary>
    public int? FailNextLookUpAfter { get; set; }

    /// <summary>Something that happens when the sessions of a user have been found.</summary>
    public Action AfterFind { get; set; } = () => { };

    /// <summary>What it throws while it is down.</summary>
    public AuthentiqStoreException Failure { get; set; } = new();

    public int LookUps => _lookUps;

    public (int Sessions, int Subjects, int SessionIds) Count => _inner.Count;

    /// <summary>The sessions that were written last, also those that have ended.</summary>
    public ICollection<AuthentiqSession> Written => _written.Values;

    /// <summary>Something that happens between the moment a session is read for renewal and the moment it is written.</summary>
    public void BeforeNextReplace(Func<Task> happens) => _beforeReplace = happens;

    /// <summary>Changes what is stored, as somebody with access to the store could.</summary>
    public async Task TamperAsync(Func<AuthentiqSession, AuthentiqSession> change)
    {
        foreach (var session in Written)
        {
            (await _inner.ReplaceAsync(change(session) with { Revision = session.Revision + 1 }, CancellationToken.None)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);
        }
    }

    public Task AddAsync(AuthentiqSession session, CancellationToken cancellationToken)
    {
        Answer(cancellationToken);
        _written[session.Key] = session;
        return _inner.AddAsync(session, cancellationToken);
    }

    public ValueTask<AuthentiqSession?> FindAsync(string key, CancellationToken cancellationToken)
    {
        Answer(cancellationToken);
        Interlocked.Increment(ref _lookUps);
        if (FailNextLookUpAfter-- == 0)
        {
            throw Failure;
        }

        return _inner.FindAsync(key, cancellationToken);
    }

    public async Task<AuthentiqSessionReplaceResult> ReplaceAsync(AuthentiqSession session, CancellationToken cancellationToken)
    {
        await Interlocked.Exchange(ref _beforeReplace, () => Task.CompletedTask)();
        Answer(cancellationToken);
        _written[session.Key] = session;
        return await _inner.ReplaceAsync(session, cancellationToken);
    }

    public Task TouchAsync(string key, DateTimeOffset lastSeenAt, CancellationToken cancellationToken)
    {
        Answer(cancellationToken);
        return _inner.TouchAsync(key, lastSeenAt, cancellationToken);
    }

    public Task<bool> RemoveAsync(string key, CancellationToken cancellationToken)
    {
        Answer(cancellationToken);
        return _inner.RemoveAsync(key, cancellationToken);
    }

    public async Task<IReadOnlyList<AuthentiqSession>> FindBySubjectAsync(string subjectKey, int skip, int take, CancellationToken cancellationToken)
    {
        Answer(cancellationToken);
        var found = await _inner.FindBySubjectAsync(subjectKey, skip, take, cancellationToken);
        AfterFind();
        return found;
    }

    public Task<IReadOnlyList<AuthentiqSession>> FindBySessionIdAsync(string sessionIdKey, CancellationToken cancellationToken)
    {
        Answer(cancellationToken);
        return _inner.FindBySessionIdAsync(sessionIdKey, cancellationToken);
    }

    public Task<bool> TryAcquireLeaseAsync(string key, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        Answer(cancellationToken);
        return _inner.TryAcquireLeaseAsync(key, owner, duration, cancellationToken);
    }

    public Task ReleaseLeaseAsync(string key, string owner, CancellationToken cancellationToken)
    {
        Answer(cancellationToken);
        return _inner.ReleaseLeaseAsync(key, owner, cancellationToken);
    }

    public void Dispose() => _inner.Dispose();

    // As a store beyond the process does: what is cancelled is not done.
    private void Answer(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsDown)
        {
            throw Failure;
        }
    }
}
