using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>The cookie of a request holds the key of no session, so that the browser may forget it.</summary>
/// <param name="Scheme">The cookie scheme.</param>
internal sealed record DeadCookie(string Scheme)
{
    public static void Note(HttpContext? context, string scheme) => context?.Items.TryAdd(new DeadCookie(scheme), value: null);

    /// <summary>Whether the response deletes the cookie: see <see cref="BrowserNavigation.MayDeleteCookies"/>.</summary>
    public static bool MayBeForgotten(HttpContext context, string scheme) =>
        BrowserNavigation.MayDeleteCookies(context) && context.Items.ContainsKey(new DeadCookie(scheme));
}
