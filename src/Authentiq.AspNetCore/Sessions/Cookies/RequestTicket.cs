using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>
/// Reads the ticket that the cookie of a request holds, without the cookie handler: a sign-in or sign-out may run inside its validation of that very ticket, and would wait for itself.
/// </summary>
internal static class RequestTicket
{
    /// <summary>The ticket, or <see langword="null"/> when there is none, or it has expired.</summary>
    /// <exception cref="AuthentiqStoreException">The session store is unavailable.</exception>
    public static async Task<AuthenticationTicket?> ReadAsync(HttpContext context, CookieAuthenticationOptions options, DateTimeOffset now)
    {
        if (options.CookieManager.GetRequestCookie(context, options.Cookie.Name!) is not { Length: > 0 } cookie || options.TicketDataFormat.Unprotect(cookie) is not { } ticket)
        {
            return null;
        }

        if (options.SessionStore is { } store)
        {
            // Without the request, in which a sign-in or sign-out that runs hides the session that it replaces.
            return SessionKeyFormat.KeyOf(ticket) is { } key ? await store.RetrieveAsync(key, CancellationToken.None) : null;
        }

        return ticket.Properties.ExpiresUtc <= now ? null : ticket;
    }
}
