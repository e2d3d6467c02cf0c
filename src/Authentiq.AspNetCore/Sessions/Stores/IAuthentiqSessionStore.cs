namespace Authentiq.AspNetCore;

/// <summary>
/// Where sessions on the server are kept, for every node that serves the application. One instance serves all schemes and all threads. Register an implementation as singleton to
/// replace the one in memory. Every method throws <see cref="AuthentiqStoreException"/> when the store does not answer.
/// </summary>
public interface IAuthentiqSessionStore
{
    /// <summary>
    /// Keeps a new session, findable by its key, <see cref="AuthentiqSession.SubjectKey"/> and <see cref="AuthentiqSession.SessionIdKey"/> at once. A store ends the oldest sessions of the same
    /// <see cref="AuthentiqSession.SubjectKey"/> beyond <see cref="AuthentiqSessionOptions.MaxSessionsPerUser"/>, by <see cref="AuthentiqSession.SeenAt"/>, in the same operation. It never ends
    /// a session of another user for that reason, and sessions without a <see cref="AuthentiqSession.SubjectKey"/> are not counted.
    /// </summary>
    /// <param name="session">The session. Its key is new.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>A task that ends when the session is kept.</returns>
    Task AddAsync(AuthentiqSession session, CancellationToken cancellationToken);

    /// <summary>The session of a key, unless it has ended or expired.</summary>
    /// <param name="key">An <see cref="AuthentiqSession.Key"/>.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The session, or <see langword="null"/>.</returns>
    ValueTask<AuthentiqSession?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a session anew, with its indexes, over the <see cref="AuthentiqSession.Revision"/> before its own. Whatever has happened in between stays: a session that has ended is never
    /// brought back, and what another request has written is not undone.
    /// </summary>
    /// <param name="session">The session, with the key of the one that it replaces and the next revision.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>Whether it was written.</returns>
    Task<bool> ReplaceAsync(AuthentiqSession session, CancellationToken cancellationToken);

    /// <summary>Notes that a session was used. Nothing else of it changes, nor its revision; for one that has ended nothing happens.</summary>
    /// <param name="key">An <see cref="AuthentiqSession.Key"/>.</param>
    /// <param name="seenAt">The next <see cref="AuthentiqSession.SeenAt"/>.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>A task that ends when it is noted.</returns>
    Task TouchAsync(string key, DateTimeOffset seenAt, CancellationToken cancellationToken);

    /// <summary>Ends a session, and removes it from every index.</summary>
    /// <param name="key">An <see cref="AuthentiqSession.Key"/>.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>Whether the session was still there.</returns>
    Task<bool> RemoveAsync(string key, CancellationToken cancellationToken);

    /// <summary>The live sessions of a person, in a time that depends on their number and not on that of all sessions.</summary>
    /// <param name="subjectKey">An <see cref="AuthentiqSession.SubjectKey"/>.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>
    /// The sessions, in no order. A store may return no more than <see cref="AuthentiqSessionOptions.MaxSessionsPerUser"/> of them when it holds more, as after the maximum was lowered. A caller
    /// that ends sessions calls again after as many.
    /// </returns>
    Task<IReadOnlyList<AuthentiqSession>> FindBySubjectAsync(string subjectKey, CancellationToken cancellationToken);

    /// <summary>The live sessions here that belong to one session at the provider, in a time that depends on their number and not on that of all sessions.</summary>
    /// <param name="sessionIdKey">An <see cref="AuthentiqSession.SessionIdKey"/>.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The sessions, in no order; no more at a time than <see cref="FindBySubjectAsync"/> may return.</returns>
    Task<IReadOnlyList<AuthentiqSession>> FindBySessionIdAsync(string sessionIdKey, CancellationToken cancellationToken);
}
