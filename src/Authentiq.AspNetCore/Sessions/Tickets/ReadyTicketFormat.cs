using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Authentiq.AspNetCore;

/// <summary>
/// The format of a cookie that holds the whole ticket. A cookie that was read a moment ago is neither decrypted nor parsed again. Its text is compared in full, and the cookie handler checks with each request
/// whether the ticket has expired.
/// </summary>
/// <param name="isUsed">Whether Authentiq signs in to the cookie. It is read with the first cookie: the schemes are not complete before.</param>
/// <param name="inner">The format of the framework.</param>
/// <param name="cookie">The options of the cookie.</param>
/// <param name="keys">The keys that cookies are encrypted with.</param>
/// <param name="clock">The clock.</param>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as the options. The timer of the ready tickets runs only while there are any.")]
internal sealed class ReadyTicketFormat(Lazy<bool> isUsed, TicketDataFormat inner, CookieAuthenticationOptions cookie, KeyRing keys, TimeProvider clock) : ISecureDataFormat<AuthenticationTicket>
{
    private readonly ReadyTickets<ReadyTicket> _tickets = new(keys, clock);

    public string Protect(AuthenticationTicket data) => inner.Protect(data);

    public string Protect(AuthenticationTicket data, string? purpose) => inner.Protect(data, purpose);

    public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, purpose: null);

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
    {
        // A store of the application keeps the ticket itself, and may change it at any time.
        if (protectedText is null || purpose is not null || cookie.SessionStore is not null || !isUsed.Value)
        {
            return inner.Unprotect(protectedText, purpose);
        }

        var key = new CookieText(protectedText);
        if (_tickets.TryGet(key, out var known))
        {
            return known.Copy();
        }

        var readAt = clock.GetTimestamp();
        var ticket = inner.Unprotect(protectedText);
        if (ticket is null || !_tickets.ShouldAdd(key) || ReadyTicket.Create(ticket) is not { } ready)
        {
            return ticket;
        }

        _tickets.Add(key, ready, ready.Bytes, readAt);
        return ready.Copy();
    }
}
