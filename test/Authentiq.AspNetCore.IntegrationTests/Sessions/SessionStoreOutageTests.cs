using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class SessionStoreOutageTests
{
    [Fact]
    public async Task While_the_store_is_down_pages_for_everybody_work_and_others_answer_503_and_nobody_loses_a_session()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();
        var cookie = app.SessionCookie();
        app.DiscardReadyTickets();

        store.IsDown = true;
        (await app.OpenAsync("/open")).Body.ShouldBe("for everybody, ");
        var page = await app.OpenAsync("/profile");
        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Body.ShouldContain("You have not been signed out");
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();

        store.IsDown = false;
        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Alice Smith");
        app.SessionCookie().ShouldBe(cookie);
    }

    [Fact]
    public async Task A_sign_in_that_cannot_be_kept_ends_on_a_page_and_can_be_repeated()
    {
        using var store = new ProbedSessionStore { IsDown = true };
        await using var app = await SessionSite.StartAsync(store: store);

        var page = await app.SignInAsync();

        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Body.ShouldContain("cannot store your session");
        app.SessionCookie().ShouldBeNull();
        store.IsDown = false;
        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
    }

    [Fact]
    public async Task The_error_page_of_the_application_learns_that_a_sign_in_could_not_be_kept()
    {
        using var store = new ProbedSessionStore { IsDown = true };
        await using var app = await SessionSite.StartAsync(store: store, options: options => options.ErrorPath = "/open");

        (await app.SignInAsync()).Url.Query.ShouldContain("error=" + AuthentiqErrors.SessionsUnavailable);
    }

    [Fact]
    public async Task A_sign_in_that_cannot_be_kept_still_knows_where_the_person_wanted_to_go()
    {
        using var store = new ProbedSessionStore { IsDown = true };
        await using var app = await SessionSite.StartAsync(store: store);

        var page = await app.SignInAsync();

        page.Body.ShouldContain("href=\"/profile\"");
        app.Log.GetSnapshot().ShouldNotContain(entry => entry.Id.Name == "SignedIn");
    }

    [Fact]
    public async Task An_outage_and_its_end_are_told_once()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();
        app.DiscardReadyTickets();

        store.IsDown = true;
        await app.OpenAsync("/profile");
        await app.OpenAsync("/profile");
        store.IsDown = false;
        await app.OpenAsync("/profile");
        await app.OpenAsync("/profile");

        app.Log.GetSnapshot().Count(entry => entry.Id.Name == "SessionsUnavailable").ShouldBe(1);
        app.Log.GetSnapshot().Count(entry => entry.Id.Name == "SessionsAnswerAgain").ShouldBe(1);
    }

    [Fact]
    public async Task A_sign_in_over_a_session_keeps_the_session_when_it_cannot_be_kept_itself()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();
        var cookie = app.SessionCookie();

        app.Browser.FollowsRedirects = false;
        var challenge = await app.OpenAsync("/challenge");
        var answer = await app.Browser.GoAsync(challenge.Headers.Location!.AbsoluteUri, TestContext.Current.CancellationToken);
        store.IsDown = true;
        (await app.Browser.GoAsync(answer.Headers.Location!.AbsoluteUri, TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        store.IsDown = false;
        app.SessionCookie().ShouldBe(cookie);
        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Alice Smith");
    }

    [Fact]
    public async Task A_person_who_signs_out_while_the_store_is_down_leaves_no_key_in_the_browser()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();

        store.IsDown = true;
        (await app.OpenAsync("/signout")).Body.ShouldBe("home");

        app.SessionCookie().ShouldBeNull();
        app.Log.GetSnapshot().ShouldContain(entry => entry.Id.Name == "SessionNotEnded");
    }

    [Fact]
    public async Task A_session_that_cannot_be_renewed_is_renewed_later()
    {
        var clock = SessionSite.Clock();
        using var store = new ProbedSessionStore(clock);
        await using var app = await SessionSite.StartAsync(store: store, clock: clock, services: services => services.Configure<CookieAuthenticationOptions>("Cookies", cookie => cookie.ExpireTimeSpan = TimeSpan.FromHours(1)));
        await app.SignInAsync();
        clock.Advance(TimeSpan.FromMinutes(40));

        store.BeforeNextReplace(() =>
        {
            store.IsDown = true;
            return Task.CompletedTask;
        });
        await app.ShouldBeSignedInAsync();

        store.IsDown = false;
        await app.ShouldBeSignedInAsync();
        clock.Advance(TimeSpan.FromMinutes(40));
        await app.ShouldBeSignedInAsync();
    }
}
