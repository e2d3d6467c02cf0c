using System.Net;
using Authentiq.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Actions of the user during a sign-in, and their results.</summary>
public sealed class UserActionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Navigating_back_to_a_used_callback_redirects_an_authenticated_user_to_the_page()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();

        var page = await app.Browser.GoAsync(Callback(app).AbsoluteUri, Cancelled);

        page.Url.AbsolutePath.ShouldBe("/profile");
        page.Body.ShouldBe("signed in as Alice Smith");
        app.Provider.Requests.All.Count(request => request.Endpoint == EmulatorEndpoint.Token).ShouldBe(1);
    }

    [Fact]
    public async Task A_bookmark_of_the_callback_redirects_an_authenticated_user_to_the_home_page()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();

        (await app.Browser.GoAsync(RelyingParty.Address + "/signin-authentiq", Cancelled)).Body.ShouldBe("home");
    }

    [Fact]
    public async Task A_callback_in_another_browser_is_refused()
    {
        await using var app = await RelyingParty.StartAsync();
        var callback = await ReadResponseAsync(app);
        app.ForgetCookies();

        var page = await app.Browser.GoAsync(callback.AbsoluteUri, Cancelled);

        ((int)page.Status).ShouldBe(400);
        page.Body.ShouldContain("started in another browser");
        app.Provider.Requests.All.ShouldNotContain(request => request.Endpoint == EmulatorEndpoint.Token);
    }

    [Fact]
    public async Task A_state_that_another_node_has_encrypted_is_logged_as_the_cause()
    {
        await using var app = await RelyingParty.StartAsync();

        await app.Browser.GoAsync(RelyingParty.Address + "/signin-authentiq?code=x&state=garbage", Cancelled);

        app.Log.GetSnapshot().ShouldContain(entry => entry.Message.Contains("Data Protection keys of all nodes"));
    }

    [Fact]
    public async Task Three_concurrent_identical_callbacks_redeem_the_code_once_and_all_succeed()
    {
        await using var app = await RelyingParty.StartAsync();
        app.Browser.FollowsRedirects = false;
        var callback = await ReadResponseAsync(app);

        var pages = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.OpenWindow().GoAsync(callback.AbsoluteUri, Cancelled)));

        pages.ShouldAllBe(page => page.Status == HttpStatusCode.Redirect && page.Headers.Location!.OriginalString.EndsWith("/profile"));
        app.Provider.Requests.All.Count(request => request.Endpoint == EmulatorEndpoint.Token).ShouldBe(1);
    }

    [Fact]
    public async Task Three_concurrent_identical_callbacks_create_one_server_side_session_and_each_response_has_its_cookie()
    {
        using var store = new ProbedSessionStore();
        await using var app = await RelyingParty.StartAsync(authentication: services =>
        {
            services.AddSingleton<IAuthentiqSessionStore>(store);
            services.AddAuthentiqSessions().AddAuthentication().AddAuthentiq();
        });
        var callback = await ReadResponseAsync(app);
        var windows = Enumerable.Range(0, 3).Select(_ => app.OpenWindow()).ToList();

        await Task.WhenAll(windows.Select(window => window.GoAsync(callback.AbsoluteUri, Cancelled)));

        store.Count.Sessions.ShouldBe(1);
        foreach (var window in windows)
        {
            (await window.GoAsync(RelyingParty.Profile, Cancelled)).Body.ShouldBe("signed in as Alice Smith");
        }
    }

    [Fact]
    public async Task A_sign_in_that_was_open_overnight_is_restarted_once()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await RelyingParty.StartAsync(provider: options => options.TimeProvider = clock, authentication: services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            services.AddAuthentication().AddAuthentiq();
        });
        var callback = await ReadResponseAsync(app);
        clock.Advance(TimeSpan.FromHours(9));

        (await app.Browser.GoAsync(callback.AbsoluteUri, Cancelled)).Body.ShouldBe("signed in as Alice Smith");
    }

    [Fact]
    public async Task A_restarted_sign_in_keeps_the_properties_of_the_application()
    {
        var clock = SessionSite.Clock();
        string? provider = null;
        await using var app = await RelyingParty.StartAsync(
            options => options.Events.OnTicketReceived = context =>
            {
                provider = context.Properties!.Items["LoginProvider"];
                return Task.CompletedTask;
            },
            map: routes => routes.MapGet("/external", () => TypedResults.Challenge(new(new Dictionary<string, string?>(StringComparer.Ordinal) { ["LoginProvider"] = "Authentiq" }) { RedirectUri = "/profile" }, ["Authentiq"])),
            clock: clock);
        app.Browser.FollowsRedirects = false;
        var page = await app.OpenAsync("/external");
        while (page.Headers.Location is { } location && !location.OriginalString.Contains("/signin-", StringComparison.Ordinal))
        {
            page = await app.Browser.GoAsync(new Uri(page.Url, location).AbsoluteUri, TestContext.Current.CancellationToken);
        }

        clock.Advance(TimeSpan.FromMinutes(16));
        app.Browser.FollowsRedirects = true;
        (await app.Browser.GoAsync(page.Headers.Location!.AbsoluteUri, TestContext.Current.CancellationToken)).Body.ShouldBe("signed in as Alice Smith");

        provider.ShouldBe("Authentiq");
    }

    [Fact]
    public async Task Two_tabs_finish_in_any_order()
    {
        await using var app = await RelyingParty.StartAsync();
        var first = await ReadResponseAsync(app);
        var second = await ReadResponseAsync(app);

        (await app.Browser.GoAsync(second.AbsoluteUri, Cancelled)).Body.ShouldBe("signed in as Alice Smith");
        (await app.Browser.GoAsync(first.AbsoluteUri, Cancelled)).Body.ShouldBe("signed in as Alice Smith");
    }

    [Fact]
    public async Task Two_hundred_abandoned_attempts_leave_a_small_cookie_header_and_the_last_one_signs_in()
    {
        await using var app = await RelyingParty.StartAsync();
        app.Browser.FollowsRedirects = false;
        for (var attempt = 0; attempt < 200; attempt++)
        {
            await app.SignInAsync();
            app.Browser.Cookies.GetCookieHeader(new Uri(RelyingParty.Address + "/signin-authentiq")).Length.ShouldBeLessThan(1024);
        }

        app.Browser.FollowsRedirects = true;
        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
        app.Browser.Cookies.GetCookieHeader(new Uri(RelyingParty.Address + "/signin-authentiq")).Length.ShouldBeLessThan(4096);
    }

    [Fact]
    public async Task A_silent_check_without_a_user_returns_to_the_page_and_keeps_the_session()
    {
        await using var app = await RelyingParty.StartAsync(map: routes => routes.MapGet("/check", () => TypedResults.Challenge(
            new AuthentiqChallengeProperties { Prompt = "none", RedirectUri = "/profile" }, [AuthentiqDefaults.AuthenticationScheme])));
        await app.SignInAsync();
        app.ForgetCookies("connect.authentiq.io");

        var page = await app.Browser.GoAsync(RelyingParty.Address + "/check", Cancelled);

        app.Browser.History.ShouldContain(step => step.Query.Contains("error=login_required"));
        page.Body.ShouldBe("signed in as Alice Smith");
    }

    [Fact]
    public async Task A_proxy_that_is_not_configured_is_logged_once()
    {
        await using var app = await RelyingParty.StartAsync();
        app.Browser.FollowsRedirects = false;
        app.Browser.Headers["X-Forwarded-Proto"] = "https";

        await app.Browser.GoAsync("http://app.example.test/profile", Cancelled);
        await app.Browser.GoAsync("http://app.example.test/profile", Cancelled);

        app.Log.GetSnapshot().Count(entry => entry.Message.Contains("UseForwardedHeaders")).ShouldBe(1);
    }

    /// <summary>Returns the address of the response without opening it.</summary>
    private static async Task<Uri> ReadResponseAsync(RelyingParty app)
    {
        app.Browser.FollowsRedirects = false;
        var page = await app.SignInAsync();
        while (page.Headers.Location is { } location && !location.OriginalString.StartsWith(RelyingParty.Address, StringComparison.Ordinal))
        {
            page = await app.Browser.GoAsync(new Uri(page.Url, location).AbsoluteUri, Cancelled);
        }

        app.Browser.FollowsRedirects = true;
        return page.Headers.Location!;
    }

    private static Uri Callback(RelyingParty app) => app.Browser.History.Single(step => step.AbsolutePath == "/signin-authentiq");
}
