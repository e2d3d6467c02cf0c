using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A revocation outlives every cookie that it must end, and is not stored for longer.</summary>
public sealed class RevocationLifetimeTests
{
    private readonly FakeTimeProvider _clock = SessionSite.Clock();
    private readonly EphemeralDataProtectionProvider _keys = new();

    [Fact]
    public async Task A_revocation_received_by_a_scheme_with_short_cookies_is_stored_for_the_longest_cookie()
    {
        await using var app = await StartAsync(TimeSpan.FromDays(30), services => services.AddAuthentication().AddCookie("Short", cookie => cookie.ExpireTimeSpan = TimeSpan.FromHours(1))
            .AddAuthentiq("Second", options => (options.ClientId, options.ClientSecret, options.SignInScheme) = (RelyingParty.ClientId, RelyingParty.ClientSecret, "Short")));
        await app.SignInAsync();
        var cookie = app.SessionCookie()!;
        _clock.Advance(TimeSpan.FromSeconds(1));
        using var content = new FormUrlEncodedContent([new("logout_token", Token(app))]);
        (await app.SendLogoutAsync(content, "/signout-second")).StatusCode.ShouldBe(HttpStatusCode.OK);

        foreach (var days in (int[])[0, 1, 10, 18])
        {
            _clock.Advance(TimeSpan.FromDays(days));
            (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
        }
    }

    [Fact]
    public async Task A_deployment_that_shortens_sessions_leaves_no_cookie_that_outlives_its_logout()
    {
        await using var old = await StartAsync(TimeSpan.FromDays(30));
        await old.SignInAsync();
        var cookie = old.SessionCookie()!;
        await using var app = await StartAsync(TimeSpan.FromHours(1), beside: old);
        (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await app.SendLogoutAsync(Token(old))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);

        _clock.Advance(TimeSpan.FromHours(3));

        (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
        app.Log.GetSnapshot().ShouldContain(entry => entry.Id.Name == "SessionExpired");
    }

    [Fact]
    public async Task A_renewal_does_not_bring_the_old_lifetime_back()
    {
        await using var old = await StartAsync(TimeSpan.FromDays(30));
        await old.SignInAsync();
        await using var app = await StartAsync(TimeSpan.FromHours(1), beside: old, events: true);
        app.Browser.Cookies.Add(old.Browser.Cookies.GetAllCookies());
        _clock.Advance(TimeSpan.FromMinutes(50));
        await app.ShouldBeSignedInAsync();
        app.SessionCookie().ShouldNotBe(old.SessionCookie(), "the application renews at every request");
        var renewed = app.SessionCookie()!;

        _clock.Advance(TimeSpan.FromMinutes(61));

        (await app.TryCookieAsync(renewed)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task With_server_side_sessions_a_revocation_is_stored_for_the_margin_only()
    {
        await using var app = await StartAsync(TimeSpan.FromDays(30), services => services.AddAuthentiqSessions());

        (await app.Services.GetRequiredService<TicketLifetime>().GetRevocationExpiryAsync(_clock.GetUtcNow())).ShouldBe(_clock.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task A_logout_while_a_server_side_session_is_stored_is_not_lost()
    {
        RelyingParty app = null!;
        var store = new ProbedSessionStore(_clock);
        await using var _ = app = await StartAsync(
            TimeSpan.FromDays(30),
            services =>
            {
                services.AddSingleton<IAuthentiqSessionStore>(store);
                services.AddAuthentiqSessions();
            },
            signingIn: async () =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(1));
                (await app.SendLogoutAsync(Token(app))).StatusCode.ShouldBe(HttpStatusCode.OK);
            });

        var page = await app.SignInAsync();

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Body.ShouldContain("You were signed out");
        app.SessionCookie().ShouldBeNull();
        store.Count.Sessions.ShouldBe(0);
    }

    private Task<RelyingParty> StartAsync(TimeSpan lifetime, Action<IServiceCollection>? services = null, RelyingParty? beside = null, bool events = false, Func<Task>? signingIn = null) =>
        RelyingParty.StartAsync(
            provider: provider => provider.SessionLifetime = TimeSpan.FromDays(100),
            authentication: added =>
            {
                added.AddSingleton<IDataProtectionProvider>(_keys);
                added.AddAuthentication().AddAuthentiq().AddCookie(cookie =>
                {
                    cookie.ExpireTimeSpan = lifetime;
                    cookie.Events.OnSigningIn = _ => signingIn?.Invoke() ?? Task.CompletedTask;
                    if (events)
                    {
                        cookie.Events.OnCheckSlidingExpiration = context =>
                        {
                            context.ShouldRenew = true;
                            return Task.CompletedTask;
                        };
                    }
                });
                services?.Invoke(added);
            },
            clock: _clock,
            beside: beside);

    private static string Token(RelyingParty app) => app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.First());
}
