using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>
/// What the emulator keeps in a browser. Ports of one host share their cookies, so the names carry the port.
/// </summary>
internal sealed class BrowserCookies(EmulatorState state)
{
    private const int MarkLength = 32;

    private string Session => $"authentiq-emulator-{state.Issuer.Port}.session";

    private string Browser => $"authentiq-emulator-{state.Issuer.Port}.browser";

    public EmulatorSession? CurrentSession(HttpContext http) =>
        state.Sessions.TryGet(http.Request.Cookies[Session], out var session) && !session.IsEnded ? session : null;

    public void SetSession(HttpContext http, EmulatorSession session) => Set(http, Session, session.Key);

    public void DeleteSession(HttpContext http) => http.Response.Cookies.Delete(Session);

    /// <summary>Tells this browser from others; a new one gets its mark.</summary>
    public string Mark(HttpContext http)
    {
        // Stored with the sign-in, so that it has to be one of ours.
        if (http.Request.Cookies[Browser] is { Length: MarkLength } mark)
        {
            return mark;
        }

        mark = RandomKey.Create();
        Set(http, Browser, mark);
        return mark;
    }

    public bool IsFrom(HttpContext http, PendingSignIn signIn) => http.Request.Cookies[Browser] == signIn.Browser;

    private static void Set(HttpContext http, string name, string value) => http.Response.Cookies.Append(name, value, new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
    });
}
