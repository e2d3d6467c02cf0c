using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>The cookie of a request holds the key of no session, so that the browser may forget it.</summary>
/// <param name="Scheme">The cookie scheme.</param>
internal sealed record DeadCookie(string Scheme)
{
    public static void Note(HttpContext? context, string scheme) => context?.Items.TryAdd(new DeadCookie(scheme), value: null);

    /// <summary>
    /// Only a page makes the browser forget. The answer to a script or a picture may arrive after that of a sign-in, and would take the new cookie away.
    /// </summary>
    public static bool MayBeForgotten(HttpContext context, string scheme) =>
        BrowserNavigation.IsPossible(context)
        && context.Request.Headers["Sec-Fetch-Mode"] is { Count: 0 } or ["navigate"]
        && context.Items.ContainsKey(new DeadCookie(scheme));
}
