using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// How a ticket becomes what a session holds, and back. Wherever sessions leave the process it is encrypted, each for its own session: one that was moved to another cannot be read.
/// </summary>
internal sealed class SessionTicketFormat(string scheme, IDataProtector? protector, ILogger logger)
{
    public byte[] Write(string sessionKey, AuthenticationTicket ticket)
    {
        var bytes = TicketSerializer.Default.Serialize(ticket);
        return protector is null ? bytes : protector.CreateProtector(sessionKey).Protect(bytes);
    }

    /// <summary>The ticket, or <see langword="null"/> when it cannot be read: the session is then as good as none.</summary>
    public AuthenticationTicket? Read(AuthentiqSession session)
    {
        try
        {
            var bytes = protector is null ? session.Ticket : protector.CreateProtector(session.Key).Unprotect(session.Ticket);
            if (TicketSerializer.Default.Deserialize(bytes) is { } ticket && ticket.AuthenticationScheme == scheme)
            {
                return ticket;
            }

            logger.SessionUnreadable(scheme, "it was written for another scheme, or by another version");
        }
        catch (Exception exception)
        {
            // Whatever is wrong with the bytes: the message may quote them.
            logger.SessionUnreadable(scheme, exception.GetType().Name);
        }

        return null;
    }
}
