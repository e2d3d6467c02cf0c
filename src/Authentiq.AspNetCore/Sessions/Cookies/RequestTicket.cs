using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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

    /// <summary>Reads the sessions of the other cookies: that of the cookie that a sign-in replaces, and those of the cookies that Authentiq signs in to. It does not use the cookie handlers.</summary>
    /// <exception cref="AuthentiqStoreException">A session store is unavailable.</exception>
    public static async Task<IReadOnlyList<RequestSession>> ReadOthersAsync(CookieSigningInContext context, IReadOnlyList<RequestSession> remembered, DateTimeOffset now)
    {
        var services = context.HttpContext.RequestServices;
        var cookies = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>();
        var found = new List<RequestSession>();
        foreach (var scheme in services.GetRequiredService<SessionSchemes>().Names.Append(context.Scheme.Name).Distinct(StringComparer.Ordinal))
        {
            if (!remembered.Any(session => session.CookieScheme == scheme)
                && await ReadAsync(context.HttpContext, scheme == context.Scheme.Name ? context.Options : cookies.Get(scheme), now) is { } ticket
                && SessionBinding.ReadFrom(ticket.Properties) is { } facts)
            {
                found.Add(new(scheme, OtherUser.Identifier(ticket.Principal), ticket.Properties, facts));
            }
        }

        return found;
    }
}
