using System.Net;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>
/// Which sessions a logout ends, by two clocks: the ID token was not issued after the logout token (provider, in seconds), and the callback was received before the logout (application).
/// </summary>
public sealed class RevocationRuleTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds((DateTimeOffset.UtcNow.ToUnixTimeSeconds() * 1000) + 100));

    public static TheoryData<bool> BySessionOrPerson => [true, false];

    [Theory]
    [MemberData(nameof(BySessionOrPerson))]
    public async Task A_session_from_the_second_of_the_logout_remains_valid(bool bySession)
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        await LogoutAsync(app, Token(app, bySession));
        await app.ShouldBeSignedOutAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(200));

        await app.SignInAsync();

        await app.ShouldBeSignedInAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        await app.ShouldBeSignedInAsync();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_logout_during_the_callback_ends_the_session(bool bySession, bool atTheVeryEnd)
    {
        RelyingParty app = null!;
        await using var _ = app = await StartAsync(options =>
        {
            if (atTheVeryEnd)
            {
                options.Events.OnTicketReceived = context => LogoutMeanwhileAsync();
            }
            else
            {
                options.Events.OnTokenValidated = context => LogoutMeanwhileAsync();
            }
        });

        var page = await app.SignInAsync();

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Body.ShouldContain("You were signed out");
        page.Body.ShouldContain("href=\"/profile\"");
        app.Browser.Cookies.GetAllCookies().ShouldNotContain(cookie => cookie.Name == ".AspNetCore.Cookies");
        await app.ShouldBeSignedOutAsync();

        Task LogoutMeanwhileAsync()
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            return LogoutAsync(app, Token(app, bySession));
        }
    }

    [Fact]
    public async Task A_logout_between_the_last_check_and_the_cookie_ends_the_session_at_the_next_request()
    {
        RelyingParty app = null!;
        await using var _ = app = await StartAsync(cookie: options => options.Events.OnSigningIn = context =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            return LogoutAsync(app, Token(app, bySession: true));
        });

        await app.Browser.GoAsync(RelyingParty.Address + "/login", TestContext.Current.CancellationToken);

        app.Log.GetSnapshot().ShouldContain(entry => entry.Id.Name == "SessionEnded");
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_session_with_an_ID_token_from_after_the_logout_remains_valid()
    {
        RelyingParty app = null!;
        await using var _ = app = await StartAsync(options => options.Events.OnTokenValidated = context =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            return LogoutAsync(app, Token(app, bySession: false));
        });
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => draft.Payload["iat"] = _clock.GetUtcNow().ToUnixTimeSeconds() + 1);

        await app.SignInAsync();

        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task A_concurrent_renewal_does_not_restore_an_ended_session()
    {
        RelyingParty app = null!;
        await using var _ = app = await StartAsync(map: application => application.MapGet("/slow", [Authorize] async () =>
        {
            await LogoutAsync(app, Token(app, bySession: true));
            return "done";
        }));
        await app.SignInAsync();
        _clock.Advance(TimeSpan.FromDays(8));

        var page = await app.Browser.GoAsync(RelyingParty.Address + "/slow", TestContext.Current.CancellationToken);
        page.Body.ShouldBe("done");
        page.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith(".AspNetCore.Cookies=CfDJ8", StringComparison.Ordinal));

        await app.ShouldBeSignedOutAsync();
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task An_ended_session_is_not_renewed_when_half_of_its_time_is_over()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        _clock.Advance(TimeSpan.FromDays(8));
        await LogoutAsync(app, Token(app, bySession: true));

        var page = await app.OpenProfileAsync();

        page.Status.ShouldBe(HttpStatusCode.Redirect);
        page.Headers.GetValues("Set-Cookie").Where(cookie => cookie.StartsWith(".AspNetCore.Cookies=", StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldStartWith(".AspNetCore.Cookies=;");
    }

    [Fact]
    public async Task A_renewed_session_still_ends_with_a_logout_after_its_creation()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromDays(8));
            await app.ShouldBeSignedInAsync();
        }

        await LogoutAsync(app, app.Provider.IssueLogoutToken(RelyingParty.ClientId, Personas.Alice.Subject, sessionId: null));

        await app.ShouldBeSignedOutAsync();
    }

    [Theory]
    [MemberData(nameof(BySessionOrPerson))]
    public async Task An_older_logout_that_arrives_late_changes_nothing(bool bySession)
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        var late = Token(app, bySession);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await LogoutAsync(app, Token(app, bySession));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await app.SignInAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await LogoutAsync(app, late);

        await app.ShouldBeSignedInAsync();
    }

    [Theory]
    [MemberData(nameof(BySessionOrPerson))]
    public async Task A_late_first_delivery_of_a_logout_does_not_end_the_next_sign_in(bool bySession)
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        var late = Token(app, bySession);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await app.Browser.GoAsync(RelyingParty.Address + "/login", TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(30));

        await LogoutAsync(app, late);

        await app.ShouldBeSignedInAsync();
    }

    [Theory]
    [MemberData(nameof(BySessionOrPerson))]
    public async Task The_same_logout_token_again_has_no_effect(bool bySession)
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        var token = Token(app, bySession);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await LogoutAsync(app, token);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await app.SignInAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        await LogoutAsync(app, token);

        await app.ShouldBeSignedInAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await LogoutAsync(app, Token(app, bySession));
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_sid_ends_one_session_and_a_sub_ends_all_sessions_of_the_user()
    {
        await using var app = await StartAsync();
        using var laptop = new Browser(app.Internet);
        await app.SignInAsync();
        await laptop.GoAsync(RelyingParty.Profile, TestContext.Current.CancellationToken);
        app.Provider.Phone.Sessions.Count.ShouldBe(2);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await LogoutAsync(app, app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.First()));
        (await SignedInAsync(app.Browser)).ShouldNotBe(await SignedInAsync(laptop));

        await LogoutAsync(app, app.Provider.IssueLogoutToken(RelyingParty.ClientId, Personas.Bob.Subject, sessionId: null));
        ((await SignedInAsync(app.Browser)) || await SignedInAsync(laptop)).ShouldBeTrue();

        await LogoutAsync(app, app.Provider.IssueLogoutToken(RelyingParty.ClientId, Personas.Alice.Subject, sessionId: null));
        (await SignedInAsync(app.Browser)).ShouldBeFalse();
        (await SignedInAsync(laptop)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_revocation_is_stored_as_long_as_a_copy_of_the_cookie_is_valid()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        var copies = app.Browser.Cookies.GetAllCookies().Select(cookie => new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain) { Secure = cookie.Secure }).ToList();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await LogoutAsync(app, Token(app, bySession: true));

        for (var day = 0; day < 14; day++)
        {
            copies.ForEach(app.Browser.Cookies.Add);
            await app.ShouldBeSignedOutAsync();
            _clock.Advance(TimeSpan.FromDays(1));
        }
    }

    private Task<RelyingParty> StartAsync(
        Action<AuthentiqOptions>? options = null, Action<WebApplication>? map = null, Action<CookieAuthenticationOptions>? cookie = null) => RelyingParty.StartAsync(
            options,
            provider: provider => provider.SessionLifetime = TimeSpan.FromDays(100),
            authentication: services => services.AddAuthentication().AddAuthentiq().AddCookie(cookie ?? (_ => { })),
            map: application =>
            {
                application.MapGet("/login", () => TypedResults.Challenge(new() { RedirectUri = "/" }, [AuthentiqDefaults.AuthenticationScheme]));
                map?.Invoke(application);
            },
            clock: _clock);

    private static string Token(RelyingParty app, bool bySession)
    {
        var session = app.Provider.Phone.Sessions.Last();
        return app.Provider.IssueLogoutToken(RelyingParty.ClientId, session.Persona.Subject, bySession ? session.SessionId : null);
    }

    private static async Task LogoutAsync(RelyingParty app, string token) => (await app.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);

    private static async Task<bool> SignedInAsync(Browser browser)
    {
        browser.FollowsRedirects = false;
        return (await browser.GoAsync(RelyingParty.Profile, TestContext.Current.CancellationToken)).Status == HttpStatusCode.OK;
    }
}
