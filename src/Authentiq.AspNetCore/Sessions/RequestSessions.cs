using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>The sessions of a request that began with Authentiq: in the cookie that a sign-in replaces, and in the cookies that Authentiq signs in to.</summary>
internal static class RequestSessions
{
    /// <summary>Reads them without the cookie handlers. A session whose store is unavailable is left out.</summary>
    public static async Task<IReadOnlyList<RequestSession>> ReadAsync(CookieSigningInContext context, DateTimeOffset now)
    {
        var services = context.HttpContext.RequestServices;
        var cookies = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>();
        var schemes = services.GetRequiredService<SessionSchemes>();

        var found = new List<RequestSession>();
        await AddAsync(context.Scheme.Name, context.Options, needsLink: false);
        foreach (var scheme in schemes.Names.Where(scheme => scheme != context.Scheme.Name))
        {
            await AddAsync(scheme, cookies.Get(scheme), schemes.NeedLink(scheme));
        }

        return found;

        async Task AddAsync(string scheme, CookieAuthenticationOptions cookie, bool needsLink)
        {
            if (await TryReadAsync(context, cookie, now) is { } ticket && SessionFacts.Of(ticket.Properties) is { } facts)
            {
                found.Add(new(scheme, ticket, facts, needsLink));
            }
        }
    }

    private static async Task<AuthenticationTicket?> TryReadAsync(CookieSigningInContext context, CookieAuthenticationOptions cookie, DateTimeOffset now)
    {
        try
        {
            return await RequestTicket.ReadAsync(context.HttpContext, cookie, now);
        }
        catch (AuthentiqStoreException)
        {
            // Where it is the store of the new session as well, that cannot be stored either.
            return null;
        }
    }
}
