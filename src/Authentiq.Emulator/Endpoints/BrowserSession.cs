using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The provider's cookies. Their names hold the port: every port of a host shares one cookie jar.</summary>
internal sealed class BrowserSession(EmulatorState state)
{
    private string SessionCookie => $"authentiq-emulator-{state.Issuer.Port}.session";

    private string BrowserCookie => $"authentiq-emulator-{state.Issuer.Port}.browser";

    public EmulatorSession? Current(HttpContext http) =>
        state.Sessions.TryGet(http.Request.Cookies[SessionCookie], out var session) && !session.IsEnded ? session : null;

    public EmulatorSession Begin(HttpContext http, Persona persona, DateTimeOffset authTime)
    {
        if (Current(http) is { } current && current.Persona.Subject == persona.Subject)
        {
            current.Renew(authTime);
            return current;
        }

        var session = new EmulatorSession(persona, authTime);
        state.Sessions.Add(session.Key, session);
        Set(http, SessionCookie, session.Key);
        return session;
    }

    public void End(HttpContext http)
    {
        Current(http)?.End();
        http.Response.Cookies.Delete(SessionCookie);
    }

    /// <summary>Names the browser, so that only the one that began a sign-in gets its answer.</summary>
    public string Identify(HttpContext http)
    {
        if (http.Request.Cookies[BrowserCookie] is { Length: > 0 } known)
        {
            return known;
        }

        var name = RandomKey.Create();
        Set(http, BrowserCookie, name);
        return name;
    }

    public bool Is(HttpContext http, string browser) => http.Request.Cookies[BrowserCookie] == browser;

    private static void Set(HttpContext http, string name, string value) =>
        http.Response.Cookies.Append(name, value, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true });
}
