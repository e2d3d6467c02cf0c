using System.Net;
using System.Text;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class ServerSideSessionTests
{
    [Fact]
    public async Task The_browser_holds_a_small_key_and_the_server_the_rest()
    {
        await using var app = await SessionSite.StartAsync(options: options => options.SaveTokens = true);
        await app.SignInAsync();

        var cookie = $"{SessionSite.CookieName}={app.SessionCookie()}";
        TestContext.Current.TestOutputHelper!.WriteLine($"The cookie takes {cookie.Length} bytes.");
        cookie.Length.ShouldBeLessThanOrEqualTo(100);
        (await app.OpenAsync("/tokens")).Body.Length.ShouldBeGreaterThan(20);
        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Alice Smith");
    }

    [Theory]
    [InlineData("sessions, Authentiq")]
    [InlineData("Authentiq, sessions")]
    [InlineData("sessions, cookie, Authentiq")]
    [InlineData("cookie, sessions, Authentiq")]
    [InlineData("Authentiq, cookie, sessions")]
    [InlineData("Authentiq, sessions, cookie")]
    public async Task The_order_of_registration_does_not_matter(string order)
    {
        using var store = new ProbedSessionStore();
        await using var app = await RelyingParty.StartAsync(authentication: services =>
        {
            services.AddSingleton<IAuthentiqSessionStore>(store);
            foreach (var step in order.Split(", "))
            {
                _ = step switch
                {
                    "sessions" => services.AddAuthentiqSessions(),
                    "cookie" => services.AddAuthentication().AddCookie().Services,
                    _ => services.AddAuthentication().AddAuthentiq().Services,
                };
            }
        });

        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");

        store.Count.ShouldBe((1, 1, 1));
    }

    [Fact]
    public async Task A_cookie_that_keeps_nobody_who_signed_in_with_Authentiq_stays_as_it_is()
    {
        await using var app = await SessionSite.StartAsync(services: services => services.AddAuthentication().AddCookie().AddCookie("Preferences"));
        var cookies = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>();

        cookies.Get("Preferences").SessionStore.ShouldBeNull();
        cookies.Get("Cookies").SessionStore.ShouldNotBeNull();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_has_a_copy_of_its_cookie()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();
        var copy = app.SessionCookie()!;
        (await app.TryCookieAsync(copy)).ShouldBe(HttpStatusCode.OK);

        await app.OpenAsync("/signout");

        (await app.TryCookieAsync(copy)).ShouldBe(HttpStatusCode.Redirect);
        app.SessionCookie().ShouldBeNull();
        store.Count.ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_logout_at_the_provider_ends_the_session_and_frees_the_store()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();
        await app.SignOutOnThePhoneAsync();

        store.Count.ShouldBe((0, 0, 0));
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_logout_at_the_provider_leaves_a_later_session_alone()
    {
        var clock = SessionSite.Clock();
        await using var app = await SessionSite.StartAsync(clock: clock);
        await app.SignInAsync();
        await app.SignOutOnThePhoneAsync();
        clock.Advance(TimeSpan.FromSeconds(1));

        await app.SignInAsync();

        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task What_leaves_the_process_is_encrypted()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store, options: options => options.SaveTokens = true);
        await app.SignInAsync();
        var token = (await app.OpenAsync("/tokens")).Body;

        var session = store.Written.ShouldHaveSingleItem();
        var stored = Encoding.Latin1.GetString(session.Ticket);
        foreach (var secret in (string[])[token, Personas.Alice.Subject, "Alice", "alice@example.test"])
        {
            stored.ShouldNotContain(secret);
            session.ToString().ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task A_session_that_was_tampered_with_is_no_session()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();

        await store.TamperAsync(session => session with { Ticket = [.. session.Ticket[..^1], (byte)(session.Ticket[^1] ^ 1)] });
        app.DiscardReadyTickets();

        (await app.OpenAsync("/open")).Body.ShouldBe("for everybody, ");
        app.SessionCookie().ShouldBeNull();
        await app.ShouldBeSignedOutAsync();
        app.Log.GetSnapshot().ShouldContain(entry => entry.Id.Name == "SessionUnreadable");
    }

    [Fact]
    public async Task A_ticket_that_was_moved_to_another_session_cannot_be_read()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store, provider: provider => provider.ApproveAs = null);
        await app.SignInAsync(app.Browser, Personas.Alice);
        var alice = store.Written.Single();
        using var lucja = new Browser(app.Internet);
        await app.SignInAsync(lucja, Personas.Lucja);

        await store.TamperAsync(session => session with { Ticket = alice.Ticket });
        app.DiscardReadyTickets();

        (await app.OpenAsync(lucja, "/open")).Body.ShouldBe("for everybody, ");
        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Alice Smith");
    }

    [Fact]
    public async Task The_cookie_of_a_session_that_has_ended_goes_with_the_next_page_but_not_with_an_answer_to_a_script()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();
        await store.RemoveAsync(store.Written.Single().Key, TestContext.Current.CancellationToken);
        app.DiscardReadyTickets();

        app.Browser.Headers["Sec-Fetch-Mode"] = "cors";
        (await app.OpenAsync("/open")).Body.ShouldBe("for everybody, ");
        app.SessionCookie().ShouldNotBeNull();

        app.Browser.Headers["Sec-Fetch-Mode"] = "navigate";
        (await app.OpenAsync("/open")).Body.ShouldBe("for everybody, ");
        app.SessionCookie().ShouldBeNull();
        var lookUps = store.LookUps;
        await app.OpenAsync("/open");
        store.LookUps.ShouldBe(lookUps);
    }

    [Fact]
    public async Task No_log_entry_holds_the_key_of_a_session()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();
        await app.OpenAsync("/sign-in-again");
        var keys = store.Written.Select(session => session.Key).Append(app.SessionCookie()!).ToList();
        await app.OpenAsync("/signout");

        var ours = app.Log.GetSnapshot().Where(entry => entry.Category!.StartsWith("Authentiq", StringComparison.Ordinal)).Select(entry => entry.Message + string.Concat(entry.StructuredState?.Select(value => value.Value) ?? [])).ToList();
        ours.ShouldContain(text => text.Contains("session", StringComparison.Ordinal));
        ours.ShouldAllBe(text => !keys.Any(key => text.Contains(key, StringComparison.Ordinal)));
    }
}
