using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>What is kept of a ticket, and until when.</summary>
internal sealed class SessionRecords(CookieAuthenticationOptions cookie, AuthentiqSessionOptions options, TimeProvider clock)
{
    public AuthentiqSession Begin(string key, AuthenticationTicket ticket, SessionTicketFormat format, HttpRequest? request)
    {
        var facts = SessionBinding.ReadFrom(ticket.Properties);
        var now = clock.GetUtcNow();
        var createdAt = facts?.BeganAt ?? now;
        var expiresAt = ExpiresAt(ticket, createdAt, now);
        return new()
        {
            Key = key,
            SubjectKey = facts is null ? OtherUser.KeyOf(ticket) : facts.SubjectKey,
            SessionIdKey = facts?.SessionIdKey,
            IssuedAt = facts?.IssuedAt,
            CreatedAt = createdAt,
            LastSeenAt = now,
            ExpiresAt = expiresAt,
            Device = options.KeepDevice ? DeviceName.Of(request?.Headers.UserAgent.ToString()) : null,
            Address = options.KeepAddress ? ShortAddress.Of(request?.HttpContext.Connection.RemoteIpAddress) : null,
            Ticket = format.Write(key, Until(expiresAt, ticket)),
        };
    }

    /// <summary>The next revision. Whose session it is and when it began stay as they were at the sign-in.</summary>
    public AuthentiqSession Renew(AuthentiqSession known, AuthenticationTicket ticket, SessionTicketFormat format)
    {
        var now = clock.GetUtcNow();
        var expiresAt = ExpiresAt(ticket, known.CreatedAt, now);
        return known with { Revision = known.Revision + 1, LastSeenAt = now, ExpiresAt = expiresAt, Ticket = format.Write(known.Key, Until(expiresAt, ticket)) };
    }

    private DateTimeOffset ExpiresAt(AuthenticationTicket ticket, DateTimeOffset createdAt, DateTimeOffset now)
    {
        var expiresAt = ticket.Properties.ExpiresUtc ?? now + cookie.ExpireTimeSpan;
        return createdAt + options.AbsoluteLifetime is { } end && end < expiresAt ? end : expiresAt;
    }

    // A session whose end cannot move any more need not slide: it would be renewed more and more often towards its end, for nothing.
    private static AuthenticationTicket Until(DateTimeOffset expiresAt, AuthenticationTicket ticket)
    {
        if (!(ticket.Properties.ExpiresUtc > expiresAt))
        {
            return ticket;
        }

        var properties = ticket.Properties.Clone();
        properties.ExpiresUtc = expiresAt;
        properties.AllowRefresh = false;
        return new(ticket.Principal, properties, ticket.AuthenticationScheme);
    }
}
