using System.Net;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Every sign-in has a key of its own. The framework's cookie handler goes on under the old one.</summary>
public sealed class SessionKeyTests
{
    [Fact]
    public async Task A_sign_in_over_a_live_session_in_an_ordinary_request_has_a_new_key_and_ends_the_old_session()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();
        var old = app.SessionCookie()!;

        await app.OpenAsync("/sign-in-again");

        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Mallory");
        (await app.TryCookieAsync(old)).ShouldBe(HttpStatusCode.Redirect);
        (await app.TryCookieAsync(app.SessionCookie()!)).ShouldBe(HttpStatusCode.OK);
        ShouldHoldTwoSessionsOfWhichOneIsLeft(store);
    }

    [Fact]
    public async Task A_sign_in_after_a_sign_out_in_the_same_request_has_a_new_key()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();
        var old = app.SessionCookie()!;

        await app.OpenAsync("/sign-out-and-in");

        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Mallory");
        (await app.TryCookieAsync(old)).ShouldBe(HttpStatusCode.Redirect);
        ShouldHoldTwoSessionsOfWhichOneIsLeft(store);
    }

    [Fact]
    public async Task A_sign_in_at_the_provider_over_a_live_session_has_a_new_key()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();
        var old = app.SessionCookie()!;

        await app.OpenAsync("/challenge");

        app.SessionCookie().ShouldNotBe(old);
        (await app.TryCookieAsync(old)).ShouldBe(HttpStatusCode.Redirect);
        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Alice Smith");
        ShouldHoldTwoSessionsOfWhichOneIsLeft(store);
    }

    [Fact]
    public async Task Of_two_sign_ins_in_one_request_the_second_is_left()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);

        await app.OpenAsync("/sign-in-twice");

        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Trudy");
        ShouldHoldTwoSessionsOfWhichOneIsLeft(store);
    }

    [Fact]
    public async Task A_session_that_begins_and_ends_in_one_request_leaves_nothing()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);

        await app.OpenAsync("/sign-in-and-out");

        app.SessionCookie().ShouldBeNull();
        store.Count.Sessions.ShouldBe(0);
    }

    private static void ShouldHoldTwoSessionsOfWhichOneIsLeft(ProbedSessionStore store)
    {
        store.Written.Count.ShouldBe(2);
        store.Count.Sessions.ShouldBe(1);
    }
}
