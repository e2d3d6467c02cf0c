namespace Authentiq.AspNetCore;

/// <summary>
/// Stores server-side sessions for every node that serves the application. One instance serves all schemes, and must be thread-safe. Register an implementation as a singleton to replace the memory store.
/// Every method throws <see cref="AuthentiqStoreException"/> when the store is unavailable.
/// </summary>
public interface IAuthentiqSessionStore
{
    /// <summary>
    /// Whether a node may use a copy of a session that it has read, for up to 30 seconds, without calling the store. Default: <see langword="false"/>. A store may return <see langword="true"/> when a session depends on its key
    /// alone, and not on a tenant or another property of the request. The end or the change of a session that this package requests is marked in the <see cref="IAuthentiqRevocationStore"/>, and a marked session is read from
    /// the store; other changes take effect after at most 30 seconds.
    /// </summary>
    bool AllowsCopies => false;

    /// <summary>
    /// Adds a new session, which can then be found by its key, <see cref="AuthentiqSession.SubjectKey"/> and <see cref="AuthentiqSession.SessionIdKey"/>. A store ends the least recently used sessions of the same
    /// <see cref="AuthentiqSession.SubjectKey"/> beyond <see cref="AuthentiqSessionOptions.MaxSessionsPerUser"/>, by <see cref="AuthentiqSession.LastSeenAt"/>, in the same operation. It never ends
    /// a session of another user for that reason, and sessions without a <see cref="AuthentiqSession.SubjectKey"/> are not counted.
    /// </summary>
    /// <param name="session">The session. Its key is new.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that completes when the session is stored.</returns>
    Task AddAsync(AuthentiqSession session, CancellationToken cancellationToken);

    /// <summary>Returns the session with a key.</summary>
    /// <param name="key">An <see cref="AuthentiqSession.Key"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The session, or <see langword="null"/> when it does not exist, has ended or has expired.</returns>
    ValueTask<AuthentiqSession?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the preceding <see cref="AuthentiqSession.Revision"/> of a session, with its indexes, in one atomic operation. A session that has ended is never restored, and what another request has written is not
    /// overwritten.
    /// </summary>
    /// <param name="session">The session, with the key of the one that it replaces and the next revision.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Whether the session was written, and if not, whether it still exists.</returns>
    Task<AuthentiqSessionReplaceResult> ReplaceAsync(AuthentiqSession session, CancellationToken cancellationToken);

    /// <summary>Sets the <see cref="AuthentiqSession.LastSeenAt"/> of a session, and changes nothing else, not its revision either. It has no effect on a session that does not exist.</summary>
    /// <param name="key">An <see cref="AuthentiqSession.Key"/>.</param>
    /// <param name="lastSeenAt">The new <see cref="AuthentiqSession.LastSeenAt"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that completes when the time is stored.</returns>
    Task TouchAsync(string key, DateTimeOffset lastSeenAt, CancellationToken cancellationToken);

    /// <summary>Ends a session, and removes it from every index.</summary>
    /// <param name="key">An <see cref="AuthentiqSession.Key"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns><see langword="true"/> when the session existed and had not expired.</returns>
    Task<bool> RemoveAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Returns a page of the live sessions of a user, by <see cref="AuthentiqSession.LastSeenAt"/> with the most recently used one first, and by key where that is the same. The time that it takes depends on the number of
    /// sessions of the user, and not on the number of all sessions.
    /// </summary>
    /// <param name="subjectKey">An <see cref="AuthentiqSession.SubjectKey"/>.</param>
    /// <param name="skip">The number of sessions to skip. Not negative.</param>
    /// <param name="take">The maximum number of sessions to return. At least 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// The sessions. When a user has more than <see cref="AuthentiqSessionOptions.MaxSessionsPerUser"/> of them, as after the maximum was lowered, a store may leave out those beyond it until others have ended: a caller that ends
    /// sessions calls again when it got as many as the maximum.
    /// </returns>
    Task<IReadOnlyList<AuthentiqSession>> FindBySubjectAsync(string subjectKey, int skip, int take, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the live sessions that belong to one session at the provider. The time that it takes depends on their number, and not on the number of all sessions.
    /// </summary>
    /// <param name="sessionIdKey">An <see cref="AuthentiqSession.SessionIdKey"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The sessions, in any order; a store may return no more than <see cref="AuthentiqSessionOptions.MaxSessionsPerUser"/> of them at a time.</returns>
    Task<IReadOnlyList<AuthentiqSession>> FindBySessionIdAsync(string sessionIdKey, CancellationToken cancellationToken);

    /// <summary>
    /// Acquires the lease of a session, which one owner at a time holds: for work on a session that only one node may do at a time, such as using a refresh token. The operation is atomic: of any number of concurrent owners
    /// exactly one acquires it. When the owner holds the lease already, it ends after <paramref name="duration"/> from now. A lease that is not released ends by itself, so that a node that fails blocks the others
    /// for no longer than that. A lease does not depend on the session, which may have ended.
    /// </summary>
    /// <param name="key">An <see cref="AuthentiqSession.Key"/>.</param>
    /// <param name="owner">Identifies the owner. It must be unique to the work, such as a new GUID: a node that does the work twice at a time has two owners.</param>
    /// <param name="duration">The time after which the lease ends unless it is released or acquired again, to the millisecond. A store measures it by one clock of its own, so that the clocks of the nodes may differ.</param>
    /// <param name="cancellationToken">Cancels the operation. After a cancellation or an exception it is unknown whether the lease was acquired.</param>
    /// <returns><see langword="true"/> when the owner holds the lease; <see langword="false"/> when another owner does, or when the store holds as many leases as it can.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="duration"/> is not positive.</exception>
    Task<bool> TryAcquireLeaseAsync(string key, string owner, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Releases the lease of a session. It has no effect when the lease has ended or another owner holds it.</summary>
    /// <param name="key">An <see cref="AuthentiqSession.Key"/>.</param>
    /// <param name="owner">The owner that has acquired the lease.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that completes when the owner does not hold the lease.</returns>
    Task ReleaseLeaseAsync(string key, string owner, CancellationToken cancellationToken);
}
