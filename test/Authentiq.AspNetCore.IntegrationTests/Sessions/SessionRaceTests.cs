using System.Net;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class SessionRaceTests
{
    private readonly FakeTimeProvider _clock = SessionSite.Clock();

    [Theory]
    [InlineData("on the phone")]
    [InlineData("in another window")]
    public async Task A_session_that_ends_while_it_is_renewed_is_not_brought_back(string where)
    {
        using var store = new ProbedSessionStore(_clock);
        await using var app = await StartAsync(store);
        await app.SignInAsync();
        var cookie = app.SessionCookie()!;
        _clock.Advance(TimeSpan.FromMinutes(40));

        var happened = false;
        store.BeforeNextReplace(async () =>
        {
            happened = true;
            await EndAsync(app, cookie, where);
        });
        var page = await app.OpenProfileAsync();

        happened.ShouldBeTrue();
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        store.Count.ShouldBe((0, 0, 0));
        await app.ShouldBeSignedOutAsync();
        (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Of_two_requests_that_renew_at_once_the_second_changes_nothing_and_both_are_answered()
    {
        using var store = new ProbedSessionStore(_clock);
        await using var app = await StartAsync(store);
        await app.SignInAsync();
        _clock.Advance(TimeSpan.FromMinutes(40));

        store.BeforeNextReplace(async () => await app.TryCookieAsync(app.SessionCookie()!));
        await app.ShouldBeSignedInAsync();

        store.Written.Single().Revision.ShouldBe(1);
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task A_request_that_read_its_session_before_another_renewed_it_does_not_undo_that()
    {
        using var store = new ProbedSessionStore(_clock);
        RelyingParty app = null!;
        var meanwhile = 0;
        await using var _ = app = await StartAsync(store, cookie => cookie.Events.OnCheckSlidingExpiration = async _ =>
        {
            if (Interlocked.Exchange(ref meanwhile, 1) == 0)
            {
                await app.TryCookieAsync(app.SessionCookie()!);
            }
        });
        await app.SignInAsync();
        meanwhile = 0;
        _clock.Advance(TimeSpan.FromMinutes(40));

        await app.ShouldBeSignedInAsync();

        store.Written.Single().Revision.ShouldBe(1);
    }

    [Fact]
    public async Task Devices_that_sign_in_at_once_all_have_a_session_and_end_together()
    {
        const int Devices = 24;
        using var store = new ProbedSessionStore(_clock);
        await using var app = await StartAsync(store);

        var browsers = await Task.WhenAll(Enumerable.Range(0, Devices).Select(_ => Task.Run(() => app.SignInElsewhereAsync())));
        store.Count.ShouldBe((Devices, 1, Devices));
        _clock.Advance(TimeSpan.FromSeconds(1));

        await app.SignOutOnThePhoneAsync();
        store.Count.ShouldBe((0, 0, 0));
        foreach (var browser in browsers)
        {
            browser.FollowsRedirects = false;
            (await app.OpenAsync(browser, "/profile")).Status.ShouldBe(HttpStatusCode.Redirect);
            browser.Dispose();
        }
    }

    [Fact]
    public async Task People_who_sign_in_and_out_at_once_end_up_as_they_wanted()
    {
        const int People = 200;
        using var store = new ProbedSessionStore(_clock);
        await using var app = await StartAsync(store);

        var browsers = await Task.WhenAll(Enumerable.Range(0, People).Select(number => Task.Run(async () =>
        {
            var browser = await app.SignInElsewhereAsync();
            if (number % 2 == 0)
            {
                await app.OpenAsync(browser, "/signout");
            }

            return browser;
        })));

        store.Count.Sessions.ShouldBe(People / 2);
        foreach (var (browser, number) in browsers.Select((browser, number) => (browser, number)))
        {
            (await app.OpenAsync(browser, "/open")).Body.ShouldBe(number % 2 == 0 ? "for everybody, " : "for everybody, Alice Smith");
            browser.Dispose();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Signing_in_again_with_the_old_properties_during_a_logout_completes_without_a_session(bool onServer)
    {
        var (inside, go) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var app = await RelyingParty.StartAsync(
            authentication: services =>
            {
                services.AddAuthentication().AddAuthentiq();
                if (onServer)
                {
                    services.AddAuthentiqSessions();
                }
            },
            map: app => app.MapGet("/again", [Authorize] async (HttpContext context) =>
            {
                var session = await context.AuthenticateAsync();
                inside.SetResult();
                await go.Task;
                await context.SignInAsync("Cookies", context.User, new(session.Properties!.Items));
            }));
        await app.SignInAsync();

        var page = app.OpenAsync("/again");
        await inside.Task;
        await app.SignOutOnThePhoneAsync();
        go.SetResult();

        (await page).Status.ShouldBe(HttpStatusCode.OK);
        (app.SessionCookie() is null).ShouldBe(onServer);
        await app.ShouldBeSignedOutAsync();
    }

    private static async Task EndAsync(RelyingParty app, string cookie, string where)
    {
        if (where == "on the phone")
        {
            await app.SignOutOnThePhoneAsync();
            return;
        }

        using var window = new Browser(app.Internet) { FollowsRedirects = false };
        window.Cookies.Add(new Cookie(SessionSite.CookieName, cookie, "/", "app.example.test"));
        await app.OpenAsync(window, "/signout");
    }

    private Task<RelyingParty> StartAsync(ProbedSessionStore store, Action<CookieAuthenticationOptions>? cookie = null) => SessionSite.StartAsync(
        store: store,
        clock: _clock,
        services: services => services.Configure<CookieAuthenticationOptions>("Cookies", options =>
        {
            options.ExpireTimeSpan = TimeSpan.FromHours(1);
            cookie?.Invoke(options);
        }));
}
