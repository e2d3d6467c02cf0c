using System.Net;
using Authentiq.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class RedisSiteTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sessions_on_the_server_are_in_Redis_whatever_was_added_first(bool redisFirst)
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var app = await RedisSite.StartAsync(server, sessionsOnServer: true, redisFirst: redisFirst);
        await app.SignInAsync();
        await app.ShouldBeSignedInAsync();
        var node = await RedisNode.StartAsync(server.Configuration, "authentiq:");
        await using (node)
        {
            var key = (await KeysAsync(node, server, node.Keys.SessionPrefix)).ShouldHaveSingleItem()[node.Keys.SessionPrefix.Length..];
            var session = (await node.Sessions.FindAsync(key, Ct)).ShouldNotBeNull();

            // What leaves the process is encrypted: nothing of a ticket can be read in it.
            System.Text.Encoding.Latin1.GetString(session.Ticket).ShouldNotContain("Alice");
            app.SessionCookie()!.ShouldNotContain(key);

            await node.Sessions.RemoveAsync(key, Ct);
        }

        app.DiscardReadyTickets();
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task Sign_in_sessions_and_Redis_are_one_chain()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var app = await SessionSite.StartCustomAsync(services => services.AddAuthentication().AddAuthentiq().AddAuthentiqSessions(sessions => sessions.KeepDevice = false).AddAuthentiqRedis(server.Configuration));

        await app.SignInAsync();

        await app.ShouldBeSignedInAsync();
        app.Services.GetRequiredService<IAuthentiqSessionStore>().ShouldBeOfType<RedisSessionStore>();
        app.Services.GetRequiredService<IOptions<AuthentiqSessionOptions>>().Value.KeepDevice.ShouldBeFalse();
        app.SessionCookie()!.Length.ShouldBe(43);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sign_out_on_the_phone_that_one_node_takes_counts_on_the_other(bool sessionsOnServer)
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var a = await RedisSite.StartAsync(server, sessionsOnServer);
        await using var b = await RedisSite.StartAsync(server, sessionsOnServer, beside: a);
        await a.SignInAsync();
        b.Browser.Cookies.Add(a.Browser.Cookies.GetAllCookies());
        await b.ShouldBeSignedInAsync();

        (await a.SendLogoutAsync(a.Provider.IssueLogoutToken(RelyingParty.ClientId, a.Provider.Phone.Sessions.Single()))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await a.ShouldBeSignedOutAsync();
        await Eventually.BecomesTrueAsync(async () => (await b.OpenProfileAsync()).Status == HttpStatusCode.Redirect, "the other node refuses");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_Redis_is_away_sessions_on_the_server_are_answered_503_and_kept(bool hangs)
    {
        await using var server = await RedisServer.StartAsync(keepsData: true, Ct);
        await using var app = await RedisSite.StartAsync(server, sessionsOnServer: true);
        await app.SignInAsync();
        var cookie = app.SessionCookie();
        var token = app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single());

        await (hangs ? server.PauseAsync() : server.StopAsync());
        app.DiscardReadyTickets();

        var page = await app.OpenProfileAsync();
        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Body.ShouldContain("You have not been signed out");
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await app.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await (hangs ? server.ResumeAsync() : server.StartAgainAsync(Ct));

        // The node itself has taken the sign-out; the provider repeats it for the others.
        await Eventually.BecomesTrueAsync(async () => (await app.SendLogoutAsync(token)).StatusCode == HttpStatusCode.OK, "the sign-out is taken");
        await app.ShouldBeSignedOutAsync();
        app.SessionCookie().ShouldNotBe(cookie);
    }

    [Fact]
    public async Task A_session_outlasts_an_absence_of_Redis()
    {
        await using var server = await RedisServer.StartAsync(keepsData: true, Ct);
        await using var app = await RedisSite.StartAsync(server, sessionsOnServer: true);
        await app.SignInAsync();
        var cookie = app.SessionCookie();

        await server.StopAsync();
        app.DiscardReadyTickets();
        (await app.OpenProfileAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await server.StartAgainAsync(Ct);

        await Eventually.BecomesTrueAsync(async () => (await app.OpenProfileAsync()).Status == HttpStatusCode.OK, "Redis is back");
        app.SessionCookie().ShouldBe(cookie);
    }

    [Theory]
    [InlineData(AuthentiqStoreFailureMode.Refuse, HttpStatusCode.ServiceUnavailable)]
    [InlineData(AuthentiqStoreFailureMode.TrustLastKnown, HttpStatusCode.OK)]
    public async Task While_Redis_is_away_sessions_in_cookies_go_on_as_the_application_has_chosen(AuthentiqStoreFailureMode mode, HttpStatusCode status)
    {
        var clock = SessionSite.Clock();
        await using var server = await RedisServer.StartAsync(keepsData: true, Ct);
        await using var app = await RedisSite.StartAsync(server, sessionsOnServer: false, clock, services: services => services.Configure<AuthentiqRevocationOptions>(options => options.WhenStoreFails = mode));
        await app.SignInAsync();
        await server.StopAsync();
        await app.ShouldBeSignedInAsync();

        clock.Advance(app.Services.GetRequiredService<IOptions<AuthentiqRedisOptions>>().Value.PollInterval + TimeSpan.FromSeconds(2));
        (await app.OpenProfileAsync()).Status.ShouldBe(status);

        clock.Advance(TimeSpan.FromMinutes(1));
        (await app.OpenProfileAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await server.StartAgainAsync(Ct);
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(100));
                return (await app.OpenProfileAsync()).Status == HttpStatusCode.OK;
            },
            "Redis is back");
    }

    private static async Task<List<string>> KeysAsync(RedisNode node, RedisServer server, string prefix)
    {
        var keys = new List<string>();
        await foreach (var key in (await node.ConnectionAsync()).GetServer("127.0.0.1", server.Port).KeysAsync(pattern: prefix + "*"))
        {
            keys.Add(key.ToString());
        }

        return keys;
    }
}
