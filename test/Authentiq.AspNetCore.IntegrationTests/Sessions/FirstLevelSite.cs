using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An application whose cookie is that of the framework alone, or one that Authentiq signs in to. It records what a client and the cookie events see.</summary>
internal sealed class FirstLevelSite : IAsyncDisposable
{
    public const string Framework = "framework";
    public const string PlainCookie = "plain cookie";
    public const string InProcess = "sessions in the process";
    public const string StoreElsewhere = "sessions in a store elsewhere";

    private readonly ConcurrentQueue<string> _record = new();
    private readonly ProbedSessionStore _store;

    private FirstLevelSite() => _store = new(Clock);

    public static TheoryData<string> OurKinds => [PlainCookie, InProcess, StoreElsewhere];

    public FakeTimeProvider Clock { get; } = SessionSite.Clock();

    public RelyingParty App { get; private set; } = null!;

    public Browser Browser => App.Browser;

    public ProbedSessionStore Store => _store;

    /// <summary>Responses and event calls, in their order.</summary>
    public IReadOnlyList<string> Record => [.. _record];

    public static async Task<FirstLevelSite> StartAsync(string kind, Action<CookieAuthenticationOptions>? cookie = null, Action<IServiceCollection>? services = null)
    {
        var site = new FirstLevelSite();
        site.App = await RelyingParty.StartAsync(clock: site.Clock, map: Map, authentication: collection =>
        {
            collection.AddAuthorization();
            if (kind == StoreElsewhere)
            {
                collection.AddSingleton<IAuthentiqSessionStore>(site._store);
            }

            // Events of the test first: the site's own records wrap them.
            var authentication = collection.AddAuthentication("Cookies").AddCookie("Cookies", options =>
            {
                options.ExpireTimeSpan = TimeSpan.FromHours(1);
                cookie?.Invoke(options);
                site.RecordEvents(options.Events);
            });
            if (kind != Framework)
            {
                authentication.AddAuthentiq(options => options.SignInScheme = "Cookies");
            }

            if (kind is InProcess or StoreElsewhere)
            {
                collection.AddAuthentiqSessions();
            }

            services?.Invoke(collection);
        });
        site.Browser.FollowsRedirects = false;
        return site;
    }

    /// <summary>Runs the same steps with each kind of cookie, and expects the outcome of the framework's own.</summary>
    public static async Task ShouldBehaveAsTheFrameworkAsync(
        Func<FirstLevelSite, Task> steps, Func<Action<CookieAuthenticationOptions>>? cookie = null, Action<IServiceCollection>? services = null, Action<IReadOnlyList<string>>? check = null)
    {
        var expected = await RunAsync(Framework, steps, cookie, services);
        check?.Invoke(expected);
        foreach (var kind in (string[])[PlainCookie, InProcess, StoreElsewhere])
        {
            (await RunAsync(kind, steps, cookie, services)).ShouldBe(expected, kind);
        }
    }

    public Task SignInAsync(string name = "alice", int claims = 0) => VisitAsync(string.Create(CultureInfo.InvariantCulture, $"/sign-in?name={name}&claims={claims}"));

    /// <summary>Opens a page, twice or more so that it is served from a copy where there are copies.</summary>
    public async Task VisitAsync(string path, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            var page = await App.OpenAsync(path);
            _record.Enqueue($"{path} {(int)page.Status} {SetCookieOf(page, path)} {page.Body}");
        }
    }

    /// <summary>Opens a page with another value of the cookie. What happens to such a cookie is not compared: a server-side session that does not exist is deleted in the browser.</summary>
    public async Task<string> VisitWithAsync(string value, string name = SessionSite.CookieName, string path = "/who")
    {
        using var browser = new Browser(App.Internet) { FollowsRedirects = false };
        browser.Headers["Cookie"] = name + "=" + value;
        var page = await App.OpenAsync(browser, path);
        var line = $"{(int)page.Status} {page.Body}";
        _record.Enqueue(line);
        return line;
    }

    public void Note(string line) => _record.Enqueue(line);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _store.Dispose();
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string kind, Func<FirstLevelSite, Task> steps, Func<Action<CookieAuthenticationOptions>>? cookie, Action<IServiceCollection>? services)
    {
        await using var site = await StartAsync(kind, cookie?.Invoke(), services);
        await steps(site);
        return site.Record;
    }

    // Only a sign-out deletes cookies in all kinds: the cookie of a server-side session that has ended is deleted, too, and one cookie needs no further chunks.
    private static string SetCookieOf(Page page, string path) =>
        page.Headers.TryGetValues("Set-Cookie", out var lines) && lines.Any(line => path == "/sign-out" || !line.Contains("1970", StringComparison.Ordinal)) ? "sets" : "-";

    private static void Map(WebApplication app)
    {
        app.MapGet("/sign-in", async (HttpContext context, string name, int claims) =>
        {
            var identity = new ClaimsIdentity([new("name", name), new("sub", name)], "test", "name", "role");
            identity.AddClaims(Enumerable.Range(0, claims).Select(number => new Claim("large", new string('x', 100) + number.ToString(CultureInfo.InvariantCulture))));
            await context.SignInAsync("Cookies", new(identity), new(new Dictionary<string, string?>(StringComparer.Ordinal) { ["note"] = "from sign-in" }));
            return "signed in";
        });
        app.MapGet("/who", async (HttpContext context, ClaimsPrincipal user) => Describe(user, (await context.AuthenticateAsync("Cookies")).Properties));
        app.MapGet("/change", async (HttpContext context, ClaimsPrincipal user) =>
        {
            var result = await context.AuthenticateAsync("Cookies");
            var before = Describe(user, result.Properties);
            if (result.Succeeded)
            {
                var identity = (ClaimsIdentity)user.Identity!;
                identity.AddClaim(new("added", "by the page"));
                identity.RemoveClaim(identity.FindFirst("sub"));
                identity.FindFirst("name")!.Properties["touched"] = "yes";
                user.AddIdentity(new([new("other", "identity")], "other"));
                result.Properties!.Items["note"] = "from the page";
                result.Properties.Items["more"] = "from the page";
                result.Properties.Parameters["parameter"] = "from the page";
                result.Properties.StoreTokens([new() { Name = "token", Value = "from the page" }]);
            }

            return before;
        });
        app.MapGet("/sign-out", async (HttpContext context) => await context.SignOutAsync("Cookies"));
        app.MapGet("/other", async (HttpContext context, string scheme) => (await context.AuthenticateAsync(scheme)).Principal?.Identity?.Name ?? "none");
    }

    private static string Describe(ClaimsPrincipal user, AuthenticationProperties? properties) => string.Create(
        CultureInfo.InvariantCulture,
        $"{user.Identity?.Name ?? "none"} identities={user.Identities.Count()} claims={user.Claims.Count()}/{user.Claims.Select(claim => claim.Type).Distinct(StringComparer.Ordinal).Count()} touched={user.Claims.Any(claim => claim.Properties.Count > 0)} note={properties?.GetString("note")} more={properties?.GetString("more")} parameter={properties?.GetParameter<string>("parameter")} token={properties?.GetTokenValue("token")} lasts={properties?.ExpiresUtc - properties?.IssuedUtc}");

    private void RecordEvents(CookieAuthenticationEvents events)
    {
        var (validate, slide, signingIn, signedIn, signingOut) = (events.OnValidatePrincipal, events.OnCheckSlidingExpiration, events.OnSigningIn, events.OnSignedIn, events.OnSigningOut);
        events.OnValidatePrincipal = async context =>
        {
            _record.Enqueue("validate " + context.Principal!.Identity!.Name);
            await validate(context);
        };
        events.OnCheckSlidingExpiration = async context =>
        {
            _record.Enqueue(string.Create(CultureInfo.InvariantCulture, $"slide {context.ShouldRenew} {context.ElapsedTime} {context.RemainingTime}"));
            await slide(context);
        };
        events.OnSigningIn = async context =>
        {
            _record.Enqueue("signing in " + context.Principal!.Identity!.Name);
            await signingIn(context);
        };
        events.OnSignedIn = async context =>
        {
            _record.Enqueue("signed in " + context.Principal!.Identity!.Name);
            await signedIn(context);
        };
        events.OnSigningOut = async context =>
        {
            _record.Enqueue("signing out");
            await signingOut(context);
        };
    }
}
