using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The cookie of a session that has ended: a page deletes it, and nothing renews it.</summary>
public sealed class RejectedCookieTests
{
    private readonly FakeTimeProvider _clock = SessionSite.Clock();

    public static MatrixTheoryData<string, bool> Requests => new(["cors", "no-cors"], [true, false]);

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task The_response_to_a_script_or_an_image_neither_deletes_nor_renews_it(string mode, bool isExpired)
    {
        await using var app = await StartAndEndAsync(isExpired);
        app.Browser.Headers["Sec-Fetch-Mode"] = mode;

        var page = await app.OpenProfileAsync();

        page.Status.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Redirect);
        SessionCookies(page).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("navigate")]
    public async Task A_page_deletes_it(string? mode)
    {
        await using var app = await StartAndEndAsync(isExpired: false);
        if (mode is not null)
        {
            app.Browser.Headers["Sec-Fetch-Mode"] = mode;
        }

        SessionCookies(await app.OpenProfileAsync()).ShouldHaveSingleItem().ShouldStartWith(".AspNetCore.Cookies=;");
    }

    [Fact]
    public async Task A_late_response_to_a_script_leaves_a_new_sign_in_alone()
    {
        await using var app = await StartAndEndAsync(isExpired: false);
        using var script = app.OpenWindow();
        script.Headers["Sec-Fetch-Mode"] = "cors";
        await app.SignInAsync();
        var cookie = app.SessionCookie();

        var late = await app.OpenAsync(script, "/profile");
        SessionCookies(late).ShouldBeEmpty();

        app.SessionCookie().ShouldBe(cookie);
        await app.ShouldBeSignedInAsync();
    }

    // When more than half of its time is over, the framework would renew it.
    private async Task<RelyingParty> StartAndEndAsync(bool isExpired)
    {
        var app = await RelyingParty.StartAsync(
            provider: provider => provider.SessionLifetime = TimeSpan.FromDays(100),
            authentication: services => services.AddAuthentication().AddAuthentiq().AddCookie(cookie => cookie.Events.OnSigningIn = context =>
            {
                if (isExpired)
                {
                    context.Properties.IssuedUtc = _clock.GetUtcNow().AddDays(-7);
                }

                return Task.CompletedTask;
            }),
            clock: _clock);
        await app.SignInAsync();
        _clock.Advance(TimeSpan.FromDays(8));
        if (!isExpired)
        {
            (await app.SendLogoutAsync(app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single()))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        return app;
    }

    private static IEnumerable<string> SessionCookies(Authentiq.TestSupport.Page page) =>
        page.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Where(cookie => cookie.StartsWith(".AspNetCore.Cookies=", StringComparison.Ordinal)) : [];
}
