using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// The sessions of a request that began with Authentiq. Those that have authenticated it, and those that began in it, are remembered: another request may end them, and a store may fail, before the
/// application signs the user in again.
/// </summary>
internal static class RequestSessions
{
    /// <summary>Remembers a session that has authenticated the request, or that begins in it.</summary>
    public static void Remember(HttpContext context, RequestSession session) => context.Features.Set(session with { Earlier = context.Features.Get<RequestSession>() });

    /// <summary>The sessions that are remembered, the last one first.</summary>
    public static IEnumerable<RequestSession> GetRemembered(HttpContext context)
    {
        for (var session = context.Features.Get<RequestSession>(); session is not null; session = session.Earlier)
        {
            yield return session;
        }
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
                && await RequestTicket.ReadAsync(context.HttpContext, scheme == context.Scheme.Name ? context.Options : cookies.Get(scheme), now) is { } ticket
                && SessionBinding.ReadFrom(ticket.Properties) is { } facts)
            {
                found.Add(new(scheme, OtherUser.Identifier(ticket.Principal), ticket.Properties, facts));
            }
        }

        return found;
    }
}
