using System.Net;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class StaleCookieTests
{
    [Fact]
    public async Task A_page_makes_the_browser_forget_the_key_of_no_session()
    {
        await using var app = await SessionSite.StartAsync();
        await EndElsewhereAsync(app);

        await app.OpenAsync("/open");

        app.SessionCookie().ShouldBeNull();
    }

    [Theory]
    [InlineData("cors")]
    [InlineData("no-cors")]
    public async Task A_script_or_a_picture_does_not_as_its_answer_may_come_after_that_of_a_sign_in(string mode)
    {
        await using var app = await SessionSite.StartAsync();
        await EndElsewhereAsync(app);
        app.Browser.Headers["Sec-Fetch-Mode"] = mode;

        await app.OpenAsync("/open");

        app.SessionCookie().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_sign_in_in_the_same_request_keeps_its_new_key()
    {
        await using var app = await SessionSite.StartAsync();
        var dead = await EndElsewhereAsync(app);

        await app.OpenAsync("/sign-in-twice");

        app.SessionCookie().ShouldNotBeNull().ShouldNotBe(dead);
        (await app.OpenAsync("/open")).Body.ShouldBe("for everybody, Trudy");
    }

    /// <summary>The browser keeps a cookie whose session has ended.</summary>
    private static async Task<string> EndElsewhereAsync(RelyingParty app)
    {
        await app.SignInAsync();
        var cookie = app.SessionCookie()!;
        using var window = new Browser(app.Internet) { FollowsRedirects = false };
        window.Cookies.Add(new Cookie(SessionSite.CookieName, cookie, "/", "app.example.test"));
        await app.OpenAsync(window, "/signout");
        return cookie;
    }
}
