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

/// <summary>Two nodes on one Redis. Their clock stands still unless a test advances it: a copy does not grow old, and what a node learns it is sent.</summary>
public sealed class FirstLevelRedisTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private readonly FakeTimeProvider _clock = SessionSite.Clock();
    private readonly string _prefix = RedisNode.NewPrefix();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a sign-out")]
    [InlineData("the end of one session")]
    [InlineData("the end of all sessions")]
    [InlineData("a sign-in over the session")]
    [InlineData("a back-channel logout")]
    public async Task A_node_with_a_copy_is_sent_what_ends_the_session_on_the_other(string what)
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync(beside: a);
        var cookie = await SignInAsync(a);
        await WarmAsync(b, cookie);
        await WarmAsync(a, cookie);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await EndAsync(a, what);

        (await a.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
        await Eventually.BecomesTrueAsync(async () => await b.TryCookieAsync(cookie) == HttpStatusCode.Redirect, "the other node refuses after " + what);
    }

    [Fact]
    public async Task A_node_uses_its_copy_of_a_session_that_ended_without_a_mark_for_half_a_minute_at_most()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync(beside: a);
        var cookie = await SignInAsync(a);
        await WarmAsync(b, cookie);
        var key = SessionKeys.Hash("Cookies", cookie);
        (await a.Services.GetRequiredService<IAuthentiqSessionStore>().RemoveAsync(key, Ct)).ShouldBeTrue();

        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_renewal_on_one_node_is_seen_on_a_node_with_a_copy()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync(beside: a);
        var cookie = await SignInAsync(a);
        _clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(10));
        await WarmAsync(b, cookie);
        var before = await ExpiresAsync(b, cookie);
        _clock.Advance(TimeSpan.FromSeconds(15));

        (await a.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        var after = await ExpiresAsync(a, cookie);

        after.ShouldNotBe(before);
        await Eventually.BecomesTrueAsync(async () => await ExpiresAsync(b, cookie) == after, "the other node sees the renewal");
    }

    private static async Task EndAsync(RelyingParty app, string what)
    {
        var person = app.Provider.Phone.Sessions.Single();
        var subject = person.Persona.Subject;
        await using var scope = app.Services.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<AuthentiqSessionManager>();
        switch (what)
        {
            case "a sign-out":
                await app.Browser.GoAsync(RelyingParty.Address + "/signout", Ct);
                break;
            case "the end of one session":
                (await manager.EndAsync(subject, (await manager.FindAsync(subject, cancellationToken: Ct)).Single().Id, cancellationToken: Ct)).ShouldBeTrue();
                break;
            case "the end of all sessions":
                (await manager.EndAllAsync(subject, cancellationToken: Ct)).ShouldBe(1);
                break;
            case "a sign-in over the session":
                (await app.Browser.GoAsync(RelyingParty.Address + "/challenge", Ct)).Status.ShouldBe(HttpStatusCode.OK);
                break;
            default:
                (await app.SendLogoutAsync(app.Provider.IssueLogoutToken(RelyingParty.ClientId, person))).StatusCode.ShouldBe(HttpStatusCode.OK);
                break;
        }
    }

    private static async Task<string> SignInAsync(RelyingParty app)
    {
        (await app.SignInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        return app.SessionCookie()!;
    }

    private static async Task WarmAsync(RelyingParty app, string cookie)
    {
        for (var i = 0; i < 3; i++)
        {
            (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        }
    }

    private static async Task<string> ExpiresAsync(RelyingParty app, string cookie)
    {
        using var browser = new Browser(app.Internet) { FollowsRedirects = false };
        browser.Cookies.Add(new Cookie(SessionSite.CookieName, cookie, "/", "app.example.test"));
        return (await app.OpenAsync(browser, "/expires")).Body;
    }

    private Task<RelyingParty> StartAsync(RelyingParty? beside = null) => RelyingParty.StartAsync(
        clock: _clock,
        beside: beside,
        authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            services.AddAuthentiqSessions();
            services.AddAuthentiqRedis(options =>
            {
                options.Configuration = redis.Server.Configuration;
                options.KeyPrefix = _prefix;
                options.CallTimeout = TimeSpan.FromSeconds(30);
            });
            services.Configure<CookieAuthenticationOptions>("Cookies", cookie => cookie.ExpireTimeSpan = TimeSpan.FromHours(1));
        },
        map: app =>
        {
            app.MapGet("/challenge", () => TypedResults.Challenge(new() { RedirectUri = "/profile" }, [AuthentiqDefaults.AuthenticationScheme]));
            app.MapGet("/expires", [Authorize] async (HttpContext context) => $"{(await context.AuthenticateAsync()).Properties!.ExpiresUtc:O}");
        });
}
