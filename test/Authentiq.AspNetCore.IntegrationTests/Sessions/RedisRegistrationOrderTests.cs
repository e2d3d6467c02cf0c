using System.Net;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Wherever AddAuthentiqRedis stands among the other calls, sessions are in Redis and protected alike. All applications run side by side, so that one outage is enough.</summary>
public sealed class RedisRegistrationOrderTests
{
    private static readonly string[] Names = ["cookie", "other cookie", "Identity", "Authentiq", "sessions"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_in_Redis_are_protected_wherever_it_is_added()
    {
        var clock = SessionSite.Clock();
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        var apps = new List<(string Order, RelyingParty App)>();
        try
        {
            foreach (var order in Orders())
            {
                apps.Add((string.Join(", ", order), await StartAsync(order, server, clock)));
            }

            foreach (var (order, app) in apps)
            {
                app.Services.GetRequiredService<IAuthentiqSessionStore>().ShouldBeOfType<RedisSessionStore>(order);
                app.Services.GetRequiredService<IAuthentiqRevocationStore>().ShouldBeOfType<RedisRevocationStore>(order);
                await SignInOverALiveSessionAsync(order, app);
            }

            await LoseTheStoreAsync(apps, server);
            await RenewAsync(apps, clock);
            foreach (var (order, app) in apps)
            {
                await SignOutEverywhereAsync(order, app);
            }
        }
        finally
        {
            foreach (var (_, app) in apps)
            {
                await app.DisposeAsync();
            }
        }
    }

    /// <summary>Redis at every position of two orders.</summary>
    private static IEnumerable<string[]> Orders() =>
        from names in new[] { Names, [.. Names.Reverse()] }
        from position in Enumerable.Range(0, Names.Length + 1)
        select (string[])[.. names.Take(position), "Redis", .. names.Skip(position)];

    // The attacker's copy of a session that the victim signed in over must be worth nothing.
    private static async Task SignInOverALiveSessionAsync(string order, RelyingParty app)
    {
        await app.SignInAsync();
        var planted = app.SessionCookie()!;
        (await app.OpenAsync("/challenge")).Body.ShouldBe("signed in as Alice Smith", order);

        app.SessionCookie().ShouldNotBe(planted, order);
        (await app.TryCookieAsync(planted)).ShouldBe(HttpStatusCode.Redirect, order);
    }

    private static async Task LoseTheStoreAsync(List<(string Order, RelyingParty App)> apps, RedisServer server)
    {
        apps.ForEach(app => app.App.DiscardReadyTickets());
        await server.PauseAsync();
        var pages = await Task.WhenAll(apps.Select(each => each.App.OpenProfileAsync()));
        await server.ResumeAsync();

        foreach (var (page, (order, app)) in pages.Zip(apps))
        {
            page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, order);
            page.Headers.Contains("Set-Cookie").ShouldBeFalse(order);
            await BecomesSignedInAsync(order, app);
        }
    }

    private static async Task RenewAsync(List<(string Order, RelyingParty App)> apps, FakeTimeProvider clock)
    {
        for (var i = 0; i < 2; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(40));
            foreach (var (order, app) in apps)
            {
                await BecomesSignedInAsync(order, app);
                (await RevisionsAsync(app)).ShouldHaveSingleItem(order).ShouldBe(i + 1, "the session was renewed under its key: " + order);
            }
        }
    }

    /// <summary>How often each session in Redis was written anew.</summary>
    private static async Task<List<int>> RevisionsAsync(RelyingParty app)
    {
        var connection = await app.Services.GetRequiredService<RedisConnection>().ConnectAsync(Ct);
        var (revisions, prefix) = (new List<int>(), app.Services.GetRequiredService<RedisKeys>().SessionPrefix);
        await foreach (var key in connection.GetServers().Single().KeysAsync(pattern: prefix + "*"))
        {
            revisions.Add((int)await connection.GetDatabase().HashGetAsync(key, "revision"));
        }

        return revisions;
    }

    private static async Task SignOutEverywhereAsync(string order, RelyingParty app)
    {
        var cookie = app.SessionCookie()!;
        await app.SignOutOnThePhoneAsync();
        (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect, order);

        await app.SignInAsync();
        cookie = app.SessionCookie()!;
        await app.OpenAsync("/signout");
        (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect, order);
    }

    // After an outage, or a jump of the clock, a node asks Redis first.
    private static Task<TimeSpan> BecomesSignedInAsync(string order, RelyingParty app) =>
        Eventually.BecomesTrueAsync(async () => (await app.OpenProfileAsync()).Status is HttpStatusCode.OK, $"the user is still signed in: {order}");

    private static Task<RelyingParty> StartAsync(string[] order, RedisServer server, TimeProvider clock) => SessionSite.StartCustomAsync(
        services =>
        {
            foreach (var name in order)
            {
                Add(services, name, server);
            }

            services.Configure<AuthenticationOptions>(options => (options.DefaultScheme, options.DefaultChallengeScheme) = ("Cookies", "Authentiq"));
        },
        clock);

    private static void Add(IServiceCollection services, string name, RedisServer server)
    {
        switch (name)
        {
            case "cookie":
                services.AddAuthentication().AddCookie("Cookies", options => options.ExpireTimeSpan = TimeSpan.FromHours(1));
                break;
            case "other cookie":
                services.AddAuthentication().AddCookie("Preferences");
                break;
            case "Identity":
                services.AddAuthentication().AddIdentityCookies();
                break;
            case "Authentiq":
                services.AddAuthentication().AddAuthentiq(options => options.SignInScheme = "Cookies");
                break;
            case "sessions":
                services.AddAuthentiqSessions();
                break;
            default:
                var prefix = RedisNode.NewPrefix();
                services.AddAuthentiqRedis(redis => (redis.Configuration, redis.KeyPrefix, redis.CallTimeout) = (server.Configuration, prefix, TimeSpan.FromSeconds(2)));
                break;
        }
    }
}
