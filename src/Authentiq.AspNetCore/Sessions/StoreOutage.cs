using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>
/// A store did not answer when the request's cookie was read: nobody knows whether somebody is signed in. Pages for everybody go on; whatever asks for a sign-in answers 503, as sending
/// people to the provider would cost them a session that they still have.
/// </summary>
internal static class StoreOutage
{
    private static readonly object Item = new();

    public static void Note(HttpContext context) => context.Items[Item] = true;

    public static bool IsNoted(HttpContext context) => context.Items.ContainsKey(Item);
}
