namespace Authentiq.AspNetCore;

/// <summary>Whether a logout has ended a session. Every authenticated request calls it, so it allocates nothing while the store returns from the memory of the process.</summary>
internal sealed class RevocationChecker(IAuthentiqRevocationStore revocations)
{
    /// <exception cref="AuthentiqStoreException">It cannot be known.</exception>
    public async ValueTask<bool> IsEndedAsync(SessionBinding facts, CancellationToken cancellationToken)
    {
        // Both are asked before either is waited for.
        var ofSubject = revocations.FindAsync(facts.SubjectKey, cancellationToken);
        var ofSession = revocations.FindAsync(facts.SessionIdKey, cancellationToken);
        var (subject, session) = (await ofSubject, await ofSession);

        return (subject is not null && facts.IsEndedBy(subject)) || (session is not null && facts.IsEndedBy(session));
    }
}
