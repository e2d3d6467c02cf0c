namespace Authentiq.AspNetCore;

/// <summary>A server-side session that was read a moment ago.</summary>
/// <param name="Ticket">Its ticket.</param>
/// <param name="Origin">The session and the revision that were read.</param>
/// <param name="ExpiresAt">When that revision expires.</param>
/// <param name="MarkKey">The name of the mark that the session gets when it changes.</param>
internal sealed record ReadySession(ReadyTicket Ticket, SessionOrigin Origin, DateTimeOffset ExpiresAt, string MarkKey)
{
    // The keys lead to the session of a user.
    public override string ToString() => nameof(ReadySession);
}
