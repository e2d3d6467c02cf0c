using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>
/// The cookies of the emulator. All ports of a host share cookies, so the names contain the port.
/// </summary>
internal sealed class BrowserCookies(EmulatorState state)
{
    private const int BrowserIdLength = 32;

    private string SessionCookie => $"authentiq-emulator-{state.Issuer.Port}.session";

    private string BrowserCookie => $"authentiq-emulator-{state.Issuer.Port}.browser";

    public EmulatorSession? CurrentSession(HttpContext http) =>
        state.Sessions.TryGet(http.Request.Cookies[SessionCookie], out var session) && !session.IsEnded ? session : null;

    public void SetSession(HttpContext http, EmulatorSession session) => Set(http, SessionCookie, session.Key);

    public void DeleteSession(HttpContext http) => http.Response.Cookies.Delete(SessionCookie);

    /// <summary>Returns the id of the browser. A new browser gets an id.</summary>
    public string GetBrowserId(HttpContext http)
    {
        // The id is stored with the sign-in, so that its length is checked.
        if (http.Request.Cookies[BrowserCookie] is { Length: BrowserIdLength } id)
        {
            return id;
        }

        id = RandomKey.Create();
        Set(http, BrowserCookie, id);
        return id;
    }

    public bool IsSameBrowser(HttpContext http, PendingSignIn signIn) => http.Request.Cookies[BrowserCookie] == signIn.Browser;

    private static void Set(HttpContext http, string name, string value) => http.Response.Cookies.Append(name, value, new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
    });
}
