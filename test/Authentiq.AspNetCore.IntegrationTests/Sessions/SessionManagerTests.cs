using System.Net;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class SessionManagerTests
{
    private const string FirefoxOnLinux = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
    private const string SafariOnIOS = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
    public async Task A_user_cannot_end_the_session_of_another_user()
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
    public async Task Without_a_request_the_sessions_of_a_user_are_listed_in_pages_and_one_is_ended_by_its_id()
    {
        var clock = SessionSite.Clock();
        await using var app = await SessionSite.StartAsync(clock: clock, provider: provider => provider.ApproveAs = null);
        using var phone = new Browser(app.Internet);
        using var lucja = new Browser(app.Internet);
        foreach (var (browser, person, device) in new[] { (app.Browser, Personas.Alice, FirefoxOnLinux), (phone, Personas.Alice, SafariOnIOS), (lucja, Personas.Lucja, FirefoxOnLinux) })
        {
            browser.Headers["User-Agent"] = device;
            await app.SignInAsync(browser, person);
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        var sessions = app.Services.GetRequiredService<AuthentiqSessionManager>();
        var found = await sessions.FindAsync(Personas.Alice.Subject, cancellationToken: Ct);

        found.Select(session => session.Device).ShouldBe(["Safari on iOS", "Firefox on Linux"], "the most recently used one first");
        found.ShouldAllBe(session => !session.IsCurrent);
        (await sessions.FindAsync(Personas.Alice.Subject, skip: 0, take: 1, cancellationToken: Ct)).ShouldBe([found[0]]);
        (await sessions.FindAsync(Personas.Alice.Subject, skip: 1, take: 1, cancellationToken: Ct)).ShouldBe([found[1]]);
        (await sessions.FindAsync(Personas.Alice.Subject, skip: 2, take: 1, cancellationToken: Ct)).ShouldBeEmpty();
        (await ListAsync(app, phone)).Single(line => line[2] == "this")[0].ShouldBe(found[0].Id, "a request and a background service call it the same");

        (await sessions.EndAsync(Personas.Lucja.Subject, found[0].Id, cancellationToken: Ct)).ShouldBeFalse("it is not hers");
        (await sessions.EndAsync(Personas.Alice.Subject, found[0].Id, cancellationToken: Ct)).ShouldBeTrue();
        (await sessions.EndAsync(Personas.Alice.Subject, found[0].Id, cancellationToken: Ct)).ShouldBeFalse("it has ended");

        await ShouldBeSignedOutAsync(app, phone);
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task Without_a_request_all_sessions_of_a_user_but_one_are_ended()
    {
        await using var app = await SessionSite.StartAsync();
        await app.SignInAsync();
        using var phone = await app.SignInElsewhereAsync();
        using var tablet = await app.SignInElsewhereAsync();
        var own = (await ListAsync(app, app.Browser)).Single(line => line[2] == "this")[0];

        (await app.Services.GetRequiredService<AuthentiqSessionManager>().EndAllExceptAsync(Personas.Alice.Subject, own, cancellationToken: Ct)).ShouldBe(2);

        await ShouldBeSignedOutAsync(app, phone);
        await ShouldBeSignedOutAsync(app, tablet);
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task What_cannot_be_found_by_is_refused()
    {
        await using var app = await SessionSite.StartAsync();
        var sessions = app.Services.GetRequiredService<AuthentiqSessionManager>();

        (await Should.ThrowAsync<ArgumentException>(() => sessions.FindAsync("alice", "Authentic", cancellationToken: Ct))).Message.ShouldContain("There is no Authentiq scheme named 'Authentic': use one of 'Authentiq'.");
        (await Should.ThrowAsync<ArgumentException>(() => sessions.EndAllAsync("alice", "Cookies", Ct))).ParamName.ShouldBe("scheme");
        (await Should.ThrowAsync<ArgumentException>(() => sessions.EndAsync("", "id", cancellationToken: Ct))).ParamName.ShouldBe("subject");
        (await Should.ThrowAsync<ArgumentException>(() => sessions.EndAsync("alice", null!, cancellationToken: Ct))).ParamName.ShouldBe("id");
        (await Should.ThrowAsync<ArgumentException>(() => sessions.EndAllExceptAsync("alice", null!, cancellationToken: Ct))).ParamName.ShouldBe("id");
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(() => sessions.FindAsync("alice", skip: -1, cancellationToken: Ct))).ParamName.ShouldBe("skip");
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(() => sessions.FindAsync("alice", take: 0, cancellationToken: Ct))).ParamName.ShouldBe("take");
    }

    [Fact]
    public async Task Sessions_that_were_found_are_ended_although_the_caller_gives_up()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store);
        await app.SignInAsync();
        using var phone = await app.SignInElsewhereAsync();
        using var givesUp = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        store.AfterFind = givesUp.Cancel;

        (await app.Services.GetRequiredService<AuthentiqSessionManager>().EndAllAsync(Personas.Alice.Subject, cancellationToken: givesUp.Token)).ShouldBe(2);

        await app.ShouldBeSignedOutAsync();
        await ShouldBeSignedOutAsync(app, phone);
    }

    [Fact]
    public async Task A_test_of_an_application_puts_a_manager_of_its_own_in_its_place()
    {
        AuthentiqSessionManager manager = new OneSession();

        (await manager.FindAsync("alice", cancellationToken: Ct)).ShouldHaveSingleItem().Id.ShouldBe("the session of alice");
        (await Should.ThrowAsync<InvalidOperationException>(() => manager.EndAllAsync("alice", cancellationToken: Ct))).Message.ShouldContain("override the member");
        (await Should.ThrowAsync<InvalidOperationException>(() => manager.FindOwnAsync(new DefaultHttpContext(), Ct))).Message.ShouldContain("override the member");
    }

    [Fact]
    public async Task A_device_is_noted_unless_the_application_does_not_want_it()
    {
        await using var app = await SessionSite.StartAsync(sessions => sessions.KeepDevice = false);
        app.Browser.Headers["User-Agent"] = FirefoxOnLinux;
        await app.SignInAsync();

        (await app.OpenAsync("/sessions")).Body.ShouldEndWith(" - this");
    }

    private sealed class OneSession : AuthentiqSessionManager
    {
        public override Task<IReadOnlyList<AuthentiqSessionInfo>> FindAsync(string subject, string scheme = "Authentiq", int skip = 0, int take = 100, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<AuthentiqSessionInfo>>([new() { Id = "the session of " + subject, CreatedAt = default, LastSeenAt = default, ExpiresAt = default }]);
    }

    private static async Task<List<string[]>> ListAsync(RelyingParty app, Browser browser) =>
        [.. (await app.OpenAsync(browser, "/sessions")).Body.Split('\n').Select(line => line.Split(' ', 2)).Select(parts => (string[])[parts[0], parts[1][..parts[1].LastIndexOf(' ')], parts[1].Split(' ')[^1]])];

    private static async Task ShouldBeSignedOutAsync(RelyingParty app, Browser browser)
    {
        browser.FollowsRedirects = false;
        (await app.OpenAsync(browser, "/profile")).Status.ShouldBe(HttpStatusCode.Redirect);
    }
}
