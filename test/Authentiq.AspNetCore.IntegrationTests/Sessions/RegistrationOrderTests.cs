using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The last registration of a service wins: whatever the order of the calls, sessions are protected alike.</summary>
public sealed class RegistrationOrderTests
{
    private static readonly (string Name, Action<IServiceCollection> Add)[] Calls =
    [
        ("cookie", services => services.AddAuthentication().AddCookie("Cookies", Cookie)),
        ("other cookie", services => services.AddAuthentication().AddCookie("Preferences")),
        ("Identity", services => services.AddAuthentication().AddIdentityCookies()),
        ("Authentiq", services => services.AddAuthentication().AddAuthentiq(options => options.SignInScheme = "Cookies")),
        ("sessions", services => services.AddAuthentiqSessions()),
    ];

    /// <summary>Every order of every call.</summary>
    public static TheoryData<string> Orders() => [.. Permutations([.. Calls.Select(call => call.Name)]).Select(order => string.Join(", ", order))];

    /// <summary>Orders without a cookie scheme of the application's own, which AddAuthentiq then adds.</summary>
    public static TheoryData<string> OrdersWithoutCookie() => [.. Permutations(["other cookie", "Authentiq", "sessions"]).Concat(Permutations(["Authentiq", "sessions"])).Select(order => string.Join(", ", order))];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Sessions_are_protected_in_every_order_of_registration(string order)
    {
        var clock = SessionSite.Clock();
        using var store = new ProbedSessionStore(clock);
        await using var app = await StartAsync(order, store, clock, withDefaults: true);

        await SignInOverALiveSessionAsync(app);
        await LoseTheStoreAsync(app, store);
        await RenewAsync(app, store, clock);
        await SignOutEverywhereAsync(app, store);
    }

    [Theory]
    [MemberData(nameof(OrdersWithoutCookie))]
    public async Task So_they_are_with_the_cookie_scheme_that_is_added_for_the_application(string order)
    {
        var clock = SessionSite.Clock();
        using var store = new ProbedSessionStore(clock);
        await using var app = await StartAsync(order, store, clock, withDefaults: order.Contains("other", StringComparison.Ordinal), cookie: order.Contains("other", StringComparison.Ordinal) ? "Preferences" : "Cookies");

        store.Count.Sessions.ShouldBe(0);
        await app.SignInAsync();
        store.Count.Sessions.ShouldBe(1);
    }

    // An attacker plants the cookie of a session of their own. After the victim's sign-in over it, the attacker's copy must be worth nothing.
    private static async Task SignInOverALiveSessionAsync(RelyingParty app)
    {
        await app.SignInAsync();
        var planted = app.SessionCookie()!;

        (await app.OpenAsync("/challenge")).Body.ShouldBe("signed in as Alice Smith");

        app.SessionCookie().ShouldNotBe(planted);
        (await app.TryCookieAsync(planted)).ShouldBe(HttpStatusCode.Redirect);
    }

    private static async Task LoseTheStoreAsync(RelyingParty app, ProbedSessionStore store)
    {
        app.DiscardReadyTickets();
        store.IsDown = true;
        var page = await app.OpenAsync("/profile");
        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        store.IsDown = false;
        await app.ShouldBeSignedInAsync();
    }

    private static async Task RenewAsync(RelyingParty app, ProbedSessionStore store, Microsoft.Extensions.Time.Testing.FakeTimeProvider clock)
    {
        clock.Advance(TimeSpan.FromMinutes(40));
        await app.ShouldBeSignedInAsync();
        store.Written.Max(session => session.Revision).ShouldBe(1, "the session was renewed once, under its key");
        clock.Advance(TimeSpan.FromMinutes(40));
        await app.ShouldBeSignedInAsync();
        store.Count.Sessions.ShouldBe(1);
    }

    private static async Task SignOutEverywhereAsync(RelyingParty app, ProbedSessionStore store)
    {
        var cookie = app.SessionCookie()!;
        await app.SignOutOnThePhoneAsync();
        (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
        store.Count.Sessions.ShouldBe(0);

        await app.SignInAsync();
        cookie = app.SessionCookie()!;
        await app.OpenAsync("/signout");
        (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
        store.Count.Sessions.ShouldBe(0);
    }

    private static Task<RelyingParty> StartAsync(string order, ProbedSessionStore store, TimeProvider clock, bool withDefaults, string cookie = "Cookies") => SessionSite.StartCustomAsync(
        services =>
        {
            foreach (var name in order.Split(", "))
            {
                Calls.Single(call => call.Name == name).Add(services);
            }

            services.AddSingleton<IAuthentiqSessionStore>(store);
            services.Configure<AuthentiqOptions>("Authentiq", options => options.SignInScheme = cookie);
            if (withDefaults)
            {
                services.Configure<AuthenticationOptions>(options => (options.DefaultScheme, options.DefaultChallengeScheme) = (cookie, "Authentiq"));
            }
        },
        clock);

    private static void Cookie(CookieAuthenticationOptions options) => options.ExpireTimeSpan = TimeSpan.FromHours(1);

    private static IEnumerable<string[]> Permutations(string[] names) => names.Length <= 1
        ? [names]
        : names.SelectMany(first => Permutations([.. names.Where(name => name != first)]).Select(rest => (string[])[first, .. rest]));
}
