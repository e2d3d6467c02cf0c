using System.Net;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Replays of everything that may be used once: concurrently and later, in the same and in another browser, before and after a logout, on one node and on two.</summary>
public sealed class ReplayTests
{
    private const string Callback = RelyingParty.Address + "/signin-authentiq";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("code", "query")]
    [InlineData("code", "form_post")]
    [InlineData("id_token", "form_post")]
    [InlineData("code id_token", "form_post")]
    [InlineData("token id_token", "form_post")]
    public async Task After_a_logout_a_stored_response_and_its_cookie_sign_no_user_in(string type, string mode)
    {
        foreach (var onThePhone in new[] { false, true })
        {
            foreach (var onServer in new[] { false, true })
            {
                await using var app = await StartAsync(type, mode, onServer);
                var kept = await KeepAsync(app);
                var page = await SendAsync(app, kept);
                SetsSession(page).ShouldBeTrue();

                if (onThePhone)
                {
                    await app.SignOutOnThePhoneAsync();
                }
                else
                {
                    await SignOutAsync(app, page);
                }

                var replay = await SendAsync(app, kept);

                SetsSession(replay).ShouldBeFalse();
                SetsSession(await SendAsync(app, kept)).ShouldBeFalse();
            }
        }
    }

    [Theory]
    [InlineData("code", "query")]
    [InlineData("id_token", "form_post")]
    public async Task A_second_use_before_the_logout_creates_no_second_session(string type, string mode)
    {
        var clock = SessionSite.Clock();
        using var store = new ProbedSessionStore(clock);
        await using var app = await StartAsync(type, mode, onServer: true, services => services.AddSingleton<IAuthentiqSessionStore>(store), clock: clock);
        var kept = await KeepAsync(app);
        SetsSession(await SendAsync(app, kept)).ShouldBeTrue();
        SetsSession(await SendAsync(app, kept)).ShouldBeTrue("the second of two clicks leads into the same session");
        store.Count.Sessions.ShouldBe(1);

        clock.Advance(SignInFlights.MaxAge);
        var late = await SendAsync(app, kept);

        SetsSession(late).ShouldBeFalse();
        late.Headers.Location!.Host.ShouldBe("connect.authentiq.io", "the sign-in begins anew");
        store.Count.Sessions.ShouldBe(1);
    }

    [Theory]
    [InlineData("code", "query", false)]
    [InlineData("code", "query", true)]
    [InlineData("id_token", "form_post", false)]
    public async Task A_logout_on_one_node_closes_the_shared_sign_in_of_another(string type, string mode, bool onServer)
    {
        var revocations = new MemoryRevocationStore(TimeProvider.System);
        var keys = new EphemeralDataProtectionProvider();
        using var store = new ProbedSessionStore();
        void ShareAll(IServiceCollection services)
        {
            Share(services, revocations, keys);
            services.AddSingleton<IAuthentiqSessionStore>(store);
        }

        await using var app = await StartAsync(type, mode, onServer, ShareAll);
        await using var node = await StartAsync(type, mode, onServer, ShareAll, beside: app);
        var kept = await KeepAsync(app);
        var page = await SendAsync(app, kept);
        SetsSession(page).ShouldBeTrue();

        await SignOutAsync(node, page);

        SetsSession(await SendAsync(app, kept)).ShouldBeFalse();
        SetsSession(await SendAsync(node, kept)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_logout_on_one_node_closes_the_shared_sign_in_of_another_that_has_just_asked_the_cache()
    {
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        var keys = new EphemeralDataProtectionProvider();
        DistributedRevocationStore Shared() => new(cache, Options.Create(new AuthentiqRevocationOptions()), TimeProvider.System, NullLogger<AuthentiqHandler>.Instance);

        await using var app = await StartAsync("code", "query", onServer: false, services => Share(services, Shared(), keys));
        await using var node = await StartAsync("code", "query", onServer: false, services => Share(services, Shared(), keys), beside: app);
        var kept = await KeepAsync(app);
        var page = await SendAsync(app, kept);
        SetsSession(page).ShouldBeTrue();
        SetsSession(await SendAsync(app, kept)).ShouldBeTrue("the second of two clicks shares the sign-in");

        await SignOutAsync(node, page);

        SetsSession(await SendAsync(app, kept)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("code", "query")]
    [InlineData("id_token", "form_post")]
    public async Task Another_node_that_shares_the_revocations_refuses_a_response_that_was_used(string type, string mode)
    {
        var revocations = new MemoryRevocationStore(TimeProvider.System);
        var keys = new EphemeralDataProtectionProvider();
        await using var app = await StartAsync(type, mode, onServer: false, services => Share(services, revocations, keys));
        await using var node = await StartAsync(type, mode, onServer: false, services => Share(services, revocations, keys), beside: app);
        var kept = await KeepAsync(app);
        SetsSession(await SendAsync(app, kept)).ShouldBeTrue();

        SetsSession(await SendAsync(node, kept)).ShouldBeFalse();

        var fresh = await KeepAsync(app);
        SetsSession(await SendAsync(node, fresh)).ShouldBeTrue("a response that was not used signs in on any node");
    }

    [Theory]
    [InlineData("code", "query", true)]
    [InlineData("id_token", "form_post", true)]
    [InlineData("code", "query", false)]
    [InlineData("id_token", "form_post", false)]
    public async Task A_response_that_is_used_on_two_nodes_with_one_Redis_signs_in_once(string type, string mode, bool atOnce)
    {
        var clock = SessionSite.Clock();
        var keys = new EphemeralDataProtectionProvider();
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        void Share(IServiceCollection services) => services.AddSingleton<IDataProtectionProvider>(keys).AddAuthentiqRedis(server.Configuration);
        await using var app = await StartAsync(type, mode, onServer: true, Share, clock: clock);
        await using var node = await StartAsync(type, mode, onServer: true, Share, beside: app, clock: clock);
        var kept = await KeepAsync(app);

        var pages = atOnce ? await Task.WhenAll(SendAsync(app, kept), SendAsync(node, kept)) : new[] { await SendAsync(app, kept), await SendAsync(node, kept) };

        pages.Count(SetsSession).ShouldBe(1);
        clock.Advance(SignInFlights.MaxAge);
        SetsSession(await SendAsync(app, kept)).ShouldBeFalse();
        SetsSession(await SendAsync(node, kept)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_logout_token_that_is_delivered_to_two_nodes_with_one_Redis_runs_the_event_once(bool atOnce)
    {
        var clock = SessionSite.Clock();
        var events = 0;
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        void Share(IServiceCollection services)
        {
            services.AddAuthentiqRedis(server.Configuration);
            services.Configure<AuthentiqOptions>("Authentiq", options => ((AuthentiqEvents)options.Events).OnBackChannelLogout = _ =>
            {
                Interlocked.Increment(ref events);
                return Task.CompletedTask;
            });
        }

        await using var app = await StartAsync("code", "query", onServer: false, Share, clock: clock);
        await using var node = await StartAsync("code", "query", onServer: false, Share, beside: app, clock: clock);
        await app.SignInAsync();
        var token = app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single());

        var first = atOnce ? await Task.WhenAll(app.SendLogoutAsync(token), node.SendLogoutAsync(token)) : new[] { await app.SendLogoutAsync(token), await node.SendLogoutAsync(token) };

        first.Select(response => response.StatusCode).ShouldBeSubsetOf(atOnce ? [HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable] : [HttpStatusCode.OK]);
        first.ShouldContain(response => response.StatusCode == HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromSeconds(30));
        (await node.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        events.ShouldBe(1);
    }

    [Fact]
    public async Task A_planted_attempt_cookie_does_not_create_the_session_of_another_user()
    {
        await using var app = await StartForTwoUsersAsync();
        using var attacker = new Browser(app.Internet);
        using var victim = new Browser(app.Internet);
        var (own, theirs) = await PlantAsync(app, attacker, victim);

        SetsSession(await victim.GoAsync(theirs, Ct)).ShouldBeTrue();

        SetsSession(await attacker.GoAsync(own, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Concurrent_callbacks_with_different_responses_of_one_attempt_share_nothing()
    {
        await using var app = await StartForTwoUsersAsync();
        using var attacker = new Browser(app.Internet);
        using var victim = new Browser(app.Internet);
        var (own, theirs) = await PlantAsync(app, attacker, victim);

        var responses = await Task.WhenAll(victim.GoAsync(theirs, Ct), attacker.GoAsync(own, Ct));

        responses.Count(SetsSession).ShouldBe(1, "an attempt signs in once");
    }

    [Fact]
    public async Task The_value_of_the_attempt_cookie_is_random_and_checked()
    {
        await using var app = await StartAsync("code", "query", onServer: false);
        var kept = await KeepAsync(app);
        var cookie = kept.Cookies.Single();
        cookie.Value.Length.ShouldBeGreaterThanOrEqualTo(22);
        cookie.Name.ShouldStartWith("__Host-.Authentiq.");

        cookie.Value = new string('A', cookie.Value.Length);
        var forged = await SendAsync(app, kept);

        forged.Status.ShouldBe(HttpStatusCode.BadRequest);
        SetsSession(forged).ShouldBeFalse();
    }

    [Fact]
    public async Task Eight_images_of_another_site_do_not_displace_a_pending_sign_in()
    {
        await using var app = await StartAsync("code", "query", onServer: false);
        var kept = await KeepAsync(app);
        using var page = new Browser(app.Internet) { FollowsRedirects = false };
        page.Cookies.Add(kept.Cookies);
        foreach (var destination in new[] { "image", "iframe", "script", "embed", "object", "frame", "style", "audio", "video" })
        {
            page.Headers["Sec-Fetch-Dest"] = destination;
            page.Headers["Sec-Fetch-Mode"] = destination is "iframe" or "frame" ? "navigate" : "no-cors";
            var response = await page.GoAsync(RelyingParty.Profile, Ct);
            response.Status.ShouldBe(HttpStatusCode.Unauthorized, destination);
            response.Headers.Contains("Set-Cookie").ShouldBeFalse(destination);
        }

        page.Headers["Sec-Fetch-Dest"] = "iframe";
        page.Headers["Sec-Fetch-Mode"] = "navigate";
        (await page.GoAsync(RelyingParty.Address + "/silent", Ct)).Headers.Location!.Host.ShouldBe("connect.authentiq.io", "a silent check runs in a frame");
        page.Headers["Sec-Fetch-Dest"] = "document";
        (await page.GoAsync(RelyingParty.Profile, Ct)).Headers.Location!.Host.ShouldBe("connect.authentiq.io");
    }

    private static void Share(IServiceCollection services, IAuthentiqRevocationStore revocations, IDataProtectionProvider keys) => services.AddSingleton(revocations).AddSingleton(keys);

    private static Task<RelyingParty> StartAsync(string type, string mode, bool onServer, Action<IServiceCollection>? services = null, RelyingParty? beside = null, TimeProvider? clock = null) => RelyingParty.StartAsync(
        options =>
        {
            options.ResponseType = type;
            options.ResponseMode = mode;
        },
        authentication: added =>
        {
            added.AddAuthentication().AddAuthentiq();
            services?.Invoke(added);
            if (onServer)
            {
                added.AddAuthentiqSessions();
            }
        },
        map: application => application.MapGet("/silent", () => TypedResults.Challenge(new AuthentiqChallengeProperties { Prompt = "none", RedirectUri = "/" }, ["Authentiq"])),
        clock: clock,
        beside: beside);

    private static Task<RelyingParty> StartForTwoUsersAsync() => RelyingParty.StartAsync(
        authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            services.AddAuthentiqSessions();
        },
        provider: emulator => emulator.ApproveAs = null);

    /// <summary>
    /// The attacker starts a sign-in, approves it and stores the response. The victim's browser has the planted cookie and is redirected to the same authorization address, and its user approves.
    /// </summary>
    /// <returns>The addresses of both responses, which no browser has opened.</returns>
    private static async Task<(string OfAttacker, string OfVictim)> PlantAsync(RelyingParty app, Browser attacker, Browser victim)
    {
        await attacker.GoAsync(RelyingParty.Profile, Ct);
        var authorize = attacker.History.First(step => step.AbsolutePath == "/authorize").AbsoluteUri;
        var own = await ApproveAsync(app, attacker, Personas.Lucja);
        victim.Cookies.Add(attacker.Cookies.GetCookies(new Uri(RelyingParty.Address)));
        await victim.GoAsync(authorize, Ct);
        return (own, await ApproveAsync(app, victim, Personas.Alice));
    }

    /// <summary>Signs in until the response, and returns it with the cookies of the browser.</summary>
    private static async Task<Kept> KeepAsync(RelyingParty app)
    {
        using var browser = new Browser(app.Internet) { FollowsRedirects = false };
        var page = await browser.GoAsync(RelyingParty.Profile, Ct);
        while (page.Headers.Location is { } location && !new Uri(page.Url, location).AbsoluteUri.StartsWith(Callback, StringComparison.Ordinal))
        {
            page = await browser.GoAsync(new Uri(page.Url, location).AbsoluteUri, Ct);
        }

        var cookies = browser.Cookies.GetCookies(new Uri(RelyingParty.Address));
        return page.Headers.Location is { } callback ? new(new Uri(page.Url, callback).AbsoluteUri, null, cookies) : new(Callback, browser.FieldsOf("Continue"), cookies);
    }

    /// <summary>Signs out of the session that a response has created.</summary>
    private static async Task SignOutAsync(RelyingParty app, Page signedIn)
    {
        using var browser = new Browser(app.Internet);
        foreach (var cookie in signedIn.Headers.GetValues("Set-Cookie"))
        {
            browser.Cookies.SetCookies(new Uri(RelyingParty.Address), cookie);
        }

        (await app.OpenAsync(browser, "/profile")).Body.ShouldBe("signed in as Alice Smith");
        browser.FollowsRedirects = false;
        await app.OpenAsync(browser, "/signout");
    }

    /// <summary>Approves the sign-in in a browser, and returns the address of the response without opening it.</summary>
    private static async Task<string> ApproveAsync(RelyingParty app, Browser browser, Persona persona)
    {
        var signIn = await app.Provider.Phone.NextSignInAsync(cancellationToken: Ct);
        app.Provider.Phone.Approve(signIn, persona);
        browser.FollowsRedirects = false;
        var page = await browser.GoAsync(signIn.Address.AbsoluteUri + "/complete", Ct);
        return new Uri(page.Url, page.Headers.Location!).AbsoluteUri;
    }

    private static async Task<Page> SendAsync(RelyingParty app, Kept kept)
    {
        using var browser = new Browser(app.Internet) { FollowsRedirects = false };
        browser.Cookies.Add(kept.Cookies);
        return kept.Form is null ? await browser.GoAsync(kept.Address, Ct) : await browser.PostAsync(kept.Address, kept.Form, Ct);
    }

    private static bool SetsSession(Page page) =>
        page.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith(SessionSite.CookieName + "=", StringComparison.Ordinal) && !cookie.StartsWith(SessionSite.CookieName + "=;", StringComparison.Ordinal));

    private sealed record Kept(string Address, IEnumerable<KeyValuePair<string, string>>? Form, CookieCollection Cookies);
}
