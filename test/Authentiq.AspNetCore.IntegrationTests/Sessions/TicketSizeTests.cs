using System.Net;
using Authentiq.Emulator;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A session that does not fit into what keeps it must not lock its user out of the whole application.</summary>
public sealed class TicketSizeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sign_in_that_does_not_fit_into_a_cookie_sets_none_and_says_what_to_add(bool inUserInfo)
    {
        await using var app = await RelyingParty.StartAsync(options => options.UserInfoMode = AuthentiqUserInfoMode.Always);
        AddClaim(app, 50 * 1024, inUserInfo);

        var page = await app.SignInAsync();

        page.Status.ShouldBe(HttpStatusCode.BadGateway);
        page.Body.ShouldContain("contact the support");
        app.Browser.Cookies.GetAllCookies().ShouldNotContain(cookie => cookie.Name.StartsWith(SessionSite.CookieName, StringComparison.Ordinal));
        Failure(app).ShouldContain("session_too_large");
        Failure(app).ShouldContain("AddAuthentiqSessions");
        (await app.OpenAsync("/")).Body.ShouldBe("home");
    }

    [Theory]
    [InlineData(2 * 1024)]
    [InlineData(6 * 1024)]
    public async Task A_sign_in_that_fits_into_a_few_cookies_is_kept(int length)
    {
        await using var app = await RelyingParty.StartAsync();
        AddClaim(app, length);

        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task The_error_page_of_the_application_learns_the_reason()
    {
        await using var app = await RelyingParty.StartAsync(options => options.ErrorPath = "/error");
        AddClaim(app, 50 * 1024);

        (await app.SignInAsync()).Url.Query.ShouldContain("error=session_too_large");
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(70, false)]
    public async Task A_server_side_session_has_a_maximum_size_too(int kilobytes, bool fits)
    {
        await using var app = await SessionSite.StartAsync();
        AddClaim(app, kilobytes * 1024);

        (await app.SignInAsync()).Status.ShouldBe(fits ? HttpStatusCode.OK : HttpStatusCode.BadGateway);
        (app.SessionCookie() is not null).ShouldBe(fits);
    }

    private static void AddClaim(RelyingParty app, int length, bool inUserInfo = false)
    {
        var value = new string('x', length);
        if (inUserInfo)
        {
            app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => draft.Payload.Remove("nickname"));
            app.Provider.Faults.BeforeUserInfoAnswer(answer => answer["nickname"] = value);
        }
        else
        {
            app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => draft.Payload["big"] = value);
        }
    }

    private static string Failure(RelyingParty app) => app.Log.GetSnapshot().Single(entry => entry.Id.Name == "SignInFailed").Message;
}
