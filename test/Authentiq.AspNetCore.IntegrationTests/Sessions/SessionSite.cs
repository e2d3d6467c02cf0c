using System.Globalization;
using System.Net;
using System.Security.Claims;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An application that keeps its sessions on the server, with the pages that tests of it need.</summary>
internal static class SessionSite
{
    public const string CookieName = ".AspNetCore.Cookies";

    /// <summary>A clock for both sides. It starts now, as the browser's cookies go by the real one.</summary>
    public static FakeTimeProvider Clock() => new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));

    public static Task<RelyingParty> StartAsync(
        Action<AuthentiqSessionOptions>? sessions = null,
        ProbedSessionStore? store = null,
        TimeProvider? clock = null,
        Action<AuthentiqOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<EmulatorOptions>? provider = null) => RelyingParty.StartAsync(
            options,
            provider: provider,
            authentication: added =>
            {
                if (store is not null)
                {
                    added.AddSingleton<IAuthentiqSessionStore>(store);
                }

                added.AddAuthentication().AddAuthentiq();
                added.AddAuthentiqSessions(sessions);
                services?.Invoke(added);
            },
            map: Map,
            clock: clock);

    /// <summary>The same pages, with whatever the test registers.</summary>
    public static Task<RelyingParty> StartCustomAsync(Action<IServiceCollection> services, TimeProvider? clock = null) => RelyingParty.StartAsync(authentication: services, map: Map, clock: clock);

    public static Task<Page> OpenAsync(this RelyingParty app, string path) => app.OpenAsync(app.Browser, path);

    public static Task<Page> OpenAsync(this RelyingParty _, Browser browser, string path) => browser.GoAsync(RelyingParty.Address + path, TestContext.Current.CancellationToken);

    public static async Task<Browser> SignInElsewhereAsync(this RelyingParty app, string? userAgent = null)
    {
        var browser = new Browser(app.Internet);
        if (userAgent is not null)
        {
            browser.Headers["User-Agent"] = userAgent;
        }

        (await app.OpenAsync(browser, "/profile")).Status.ShouldBe(HttpStatusCode.OK);
        return browser;
    }

    /// <summary>Signs a person in by their own phone, where the provider approves nothing by itself.</summary>
    public static async Task<Page> SignInAsync(this RelyingParty app, Browser browser, Persona person)
    {
        await app.OpenAsync(browser, "/profile");
        var signIn = await app.Provider.Phone.NextSignInAsync(cancellationToken: TestContext.Current.CancellationToken);
        app.Provider.Phone.Approve(signIn, person);
        return await browser.GoAsync(signIn.Address.AbsoluteUri + "/complete", TestContext.Current.CancellationToken);
    }

    /// <summary>Everybody signs out on the phone, in every browser.</summary>
    public static async Task SignOutOnThePhoneAsync(this RelyingParty app)
    {
        foreach (var session in app.Provider.Phone.Sessions)
        {
            (await app.Provider.Phone.SignOutAsync(session, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().StatusCode.ShouldBe(200);
        }
    }

    public static string? SessionCookie(this Browser browser) => browser.Cookies.GetCookies(new Uri(RelyingParty.Address))[CookieName]?.Value;

    public static string? SessionCookie(this RelyingParty app) => app.Browser.SessionCookie();

    /// <summary>What a cookie is worth that somebody has kept.</summary>
    public static async Task<HttpStatusCode> TryCookieAsync(this RelyingParty app, string cookie)
    {
        using var thief = new Browser(app.Internet) { FollowsRedirects = false };
        thief.Cookies.Add(new Cookie(CookieName, cookie, "/", "app.example.test"));
        return (await app.OpenAsync(thief, "/profile")).Status;
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/open", (ClaimsPrincipal user) => $"for everybody, {user.Identity?.Name}");
        app.MapGet("/tokens", [Authorize] async (HttpContext context) => await context.GetTokenAsync("access_token") ?? "none");
        app.MapGet("/expires", [Authorize] async (HttpContext context) => $"{(await context.AuthenticateAsync()).Properties!.ExpiresUtc:O}");
        app.MapGet("/challenge", () => TypedResults.Challenge(new() { RedirectUri = "/profile" }, [AuthentiqDefaults.AuthenticationScheme]));
        app.MapGet("/sign-in-again", [Authorize] async (HttpContext context) =>
        {
            var result = await context.AuthenticateAsync();
            await context.SignInAsync(Principal("Mallory"), new(result.Properties!.Items));
        });
        app.MapGet("/sign-out-and-in", async (HttpContext context) =>
        {
            await context.SignOutAsync("Cookies");
            await context.SignInAsync("Cookies", Principal("Mallory"));
        });
        app.MapGet("/sign-in-twice", async (HttpContext context) =>
        {
            await context.SignInAsync("Cookies", Principal("Mallory"));
            await context.SignInAsync("Cookies", Principal("Trudy"));
        });
        app.MapGet("/sign-in-and-out", async (HttpContext context) =>
        {
            await context.SignInAsync("Cookies", Principal("Mallory"));
            await context.SignOutAsync("Cookies");
        });
        app.MapGet("/sessions", [Authorize] async (HttpContext context, AuthentiqSessionManager sessions) =>
            string.Join('\n', (await sessions.FindOwnAsync(context)).Select(session => $"{session.Id} {session.Device ?? "-"} {(session.IsCurrent ? "this" : "other")}")));
        app.MapGet("/end", [Authorize] async (HttpContext context, AuthentiqSessionManager sessions, string id) => (await sessions.EndOwnAsync(context, id)).ToString());
        app.MapGet("/end-others", [Authorize] async (HttpContext context, AuthentiqSessionManager sessions) => (await sessions.EndOthersAsync(context)).ToString(CultureInfo.InvariantCulture));
    }

    private static ClaimsPrincipal Principal(string name) => new(new ClaimsIdentity([new("name", name)], "test", "name", "role"));
}
