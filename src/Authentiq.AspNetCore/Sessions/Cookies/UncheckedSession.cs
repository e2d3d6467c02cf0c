using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>
/// Marks a request with a session that could not be checked. It goes on as an anonymous one, so that pages for everybody still work; a challenge is then answered 503 instead of a new sign-in.
/// </summary>
internal sealed class UncheckedSession
{
    private static readonly UncheckedSession Marker = new();

    public static void Mark(HttpContext context) => context.Features.Set(Marker);

    public static bool IsIn(HttpContext context) => context.Features.Get<UncheckedSession>() is not null;
}
