using System.Net;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class SessionManagerTests
{
    private const string FirefoxOnLinux = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
    private const string SafariOnIOS = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1";

    [Fact]
    public async Task People_see_their_own_sessions_and_which_is_this_one()
    {
        await using var app = await SessionSite.StartAsync(provider: provider => provider.ApproveAs = null);
        app.Browser.Headers["User-Agent"] = FirefoxOnLinux;
        await app.SignInAsync(app.Browser, Personas.Alice);
        using var phone = new Browser(app.Internet);
        phone.Headers["User-Agent"] = SafariOnIOS;
        await app.SignInAsync(phone, Personas.Alice);
        using var lucja = new Browser(app.Internet);
        await app.SignInAsync(lucja, Personas.Lucja);

        var mine = await ListAsync(app, app.Browser);
        mine.Select(line => line[1..]).ShouldBe([["Firefox on Linux", "this"], ["Safari on iOS", "other"]]);
        (await ListAsync(app, lucja)).ShouldHaveSingleItem()[2].ShouldBe("this");
    }

    [Fact]
    public async Task What_a_page_calls_a_session_is_neither_its_key_nor_what_the_store_calls_it()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();

        var id = (await ListAsync(app, app.Browser)).Single()[0];

        store.Written.Single().Key.ShouldNotContain(id);
        (await store.FindAsync(id, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await app.TryCookieAsync(id)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_person_ends_a_session_of_theirs_and_it_is_refused_from_the_next_request_on()
    {
        await using var app = await SessionSite.StartAsync();
        await app.SignInAsync();
        using var phone = await app.SignInElsewhereAsync();
        var id = (await ListAsync(app, app.Browser)).Single(line => line[2] == "other")[0];

        (await app.OpenAsync("/end?id=" + id)).Body.ShouldBe("True");

        await ShouldBeSignedOutAsync(app, phone);
        (await app.OpenAsync("/end?id=" + id)).Body.ShouldBe("False");
        (await ListAsync(app, app.Browser)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        await using var app = await SessionSite.StartAsync(provider: provider => provider.ApproveAs = null);
        await app.SignInAsync(app.Browser, Personas.Alice);
        var id = (await ListAsync(app, app.Browser)).Single()[0];
        using var lucja = new Browser(app.Internet);
        await app.SignInAsync(lucja, Personas.Lucja);

        (await app.OpenAsync(lucja, "/end?id=" + id)).Body.ShouldBe("False");
        (await app.OpenAsync(lucja, "/end-others")).Body.ShouldBe("0");

        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task Ending_the_session_of_this_request_signs_out()
    {
        await using var app = await SessionSite.StartAsync();
        await app.SignInAsync();

        await app.OpenAsync("/end?id=" + (await ListAsync(app, app.Browser)).Single()[0]);

        app.SessionCookie().ShouldBeNull();
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_person_ends_all_other_sessions_and_keeps_this_one()
    {
        await using var app = await SessionSite.StartAsync();
        await app.SignInAsync();
        using var phone = await app.SignInElsewhereAsync();
        using var tablet = await app.SignInElsewhereAsync();

        (await app.OpenAsync("/end-others")).Body.ShouldBe("2");

        await ShouldBeSignedOutAsync(app, phone);
        await ShouldBeSignedOutAsync(app, tablet);
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task An_administrator_ends_every_session_of_a_person_and_of_nobody_else()
    {
        await using var app = await SessionSite.StartAsync(provider: provider => provider.ApproveAs = null);
        await app.SignInAsync(app.Browser, Personas.Alice);
        using var phone = new Browser(app.Internet);
        await app.SignInAsync(phone, Personas.Alice);
        using var lucja = new Browser(app.Internet);
        await app.SignInAsync(lucja, Personas.Lucja);
        var sessions = app.Services.GetRequiredService<AuthentiqSessionManager>();

        (await sessions.EndAllAsync(Personas.Alice.Subject, cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(2);

        await app.ShouldBeSignedOutAsync();
        await ShouldBeSignedOutAsync(app, phone);
        (await app.OpenAsync(lucja, "/profile")).Body.ShouldContain("Łucja");
        (await sessions.EndAllAsync("nobody", cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task A_device_is_noted_unless_the_application_does_not_want_it()
    {
        await using var app = await SessionSite.StartAsync(sessions => sessions.KeepDevice = false);
        app.Browser.Headers["User-Agent"] = FirefoxOnLinux;
        await app.SignInAsync();

        (await app.OpenAsync("/sessions")).Body.ShouldEndWith(" - this");
    }

    private static async Task<List<string[]>> ListAsync(RelyingParty app, Browser browser) =>
        [.. (await app.OpenAsync(browser, "/sessions")).Body.Split('\n').Select(line => line.Split(' ', 2)).Select(parts => (string[])[parts[0], parts[1][..parts[1].LastIndexOf(' ')], parts[1].Split(' ')[^1]])];

    private static async Task ShouldBeSignedOutAsync(RelyingParty app, Browser browser)
    {
        browser.FollowsRedirects = false;
        (await app.OpenAsync(browser, "/profile")).Status.ShouldBe(HttpStatusCode.Redirect);
    }
}
