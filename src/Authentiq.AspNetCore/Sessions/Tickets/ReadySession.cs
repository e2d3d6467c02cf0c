namespace Authentiq.AspNetCore;

/// <summary>A server-side session that was read a moment ago.</summary>
/// <param name="Ticket">Its ticket.</param>
/// <param name="Session">The session as it was read, without the bytes of the ticket.</param>
/// <param name="MarkKey">The name of the mark that it gets when it changes.</param>
internal sealed record ReadySession(ReadyTicket Ticket, AuthentiqSession Session, string MarkKey)
{
    // Whose session it is belongs in no log.
    public override string ToString() => nameof(ReadySession);
}
