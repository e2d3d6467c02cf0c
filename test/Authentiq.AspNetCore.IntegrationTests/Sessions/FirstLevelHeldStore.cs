namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A store elsewhere whose look-up can be held after the session has been read.</summary>
internal sealed class FirstLevelHeldStore(ProbedSessionStore inner) : IAuthentiqSessionStore
{
    public bool AllowsCopies => true;

    private Func<Task> _afterFind = () => Task.CompletedTask;

    /// <summary>Something that happens between the moment a session is read and the moment the caller receives it.</summary>
    public void AfterNextFind(Func<Task> happens) => _afterFind = happens;

    public Task AddAsync(AuthentiqSession session, CancellationToken cancellationToken) => inner.AddAsync(session, cancellationToken);

    public async ValueTask<AuthentiqSession?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var session = await inner.FindAsync(key, cancellationToken);
        await Interlocked.Exchange(ref _afterFind, () => Task.CompletedTask)();
        return session;
    }

    public Task<AuthentiqSessionReplaceResult> ReplaceAsync(AuthentiqSession session, CancellationToken cancellationToken) => inner.ReplaceAsync(session, cancellationToken);

    public Task TouchAsync(string key, DateTimeOffset lastSeenAt, CancellationToken cancellationToken) => inner.TouchAsync(key, lastSeenAt, cancellationToken);

    public Task<bool> RemoveAsync(string key, CancellationToken cancellationToken) => inner.RemoveAsync(key, cancellationToken);

    public Task<IReadOnlyList<AuthentiqSession>> FindBySubjectAsync(string subjectKey, int skip, int take, CancellationToken cancellationToken) => inner.FindBySubjectAsync(subjectKey, skip, take, cancellationToken);

    public Task<IReadOnlyList<AuthentiqSession>> FindBySessionIdAsync(string sessionIdKey, CancellationToken cancellationToken) => inner.FindBySessionIdAsync(sessionIdKey, cancellationToken);

    public Task<bool> TryAcquireLeaseAsync(string key, string owner, TimeSpan duration, CancellationToken cancellationToken) => inner.TryAcquireLeaseAsync(key, owner, duration, cancellationToken);

    public Task ReleaseLeaseAsync(string key, string owner, CancellationToken cancellationToken) => inner.ReleaseLeaseAsync(key, owner, cancellationToken);
}
