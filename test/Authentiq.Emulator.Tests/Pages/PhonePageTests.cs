using System.Net;
using Authentiq.TestSupport;

namespace Authentiq.Emulator.Tests.Pages;

public sealed class PhonePageTests
{
    [Fact]
    public async Task It_lists_the_sessions_with_user_client_and_time()
    {
        await using var lab = await StartAsync();

        var page = await GoAsync(lab);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldContain("The &lt;application&gt;");
        page.Body.ShouldContain("Alice Smith · since");
        page.Body.ShouldContain("24 Nov, 12:00");
        page.Body.ShouldContain("Sign out this site");
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "signed out (200)")]
    [InlineData(HttpStatusCode.NoContent, "signed out (204)")]
    [InlineData(HttpStatusCode.BadRequest, "rejected the logout token (400)")]
    [InlineData(HttpStatusCode.NotFound, "returned 404 and may not have signed out")]
    public async Task The_button_signs_out_and_reports_the_response_of_the_client(HttpStatusCode status, string words)
    {
        using var inbox = new LogoutInbox().Responds(The.LogoutUri, status);
        await using var lab = await StartAsync(inbox);
        await GoAsync(lab);

        var page = await lab.Browser.PressAsync("Sign out this site");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldContain("The &lt;application&gt;: " + words);
        page.Body.ShouldContain("There are no active sessions");
        inbox.Tokens.ShouldContainKey(The.LogoutUri);
        lab.Emulator.Phone.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_without_a_response_or_an_address_is_reported()
    {
        await using var lab = await StartAsync();
        await lab.SignInAsync(("client_id", The.OtherClientId));
        await GoAsync(lab);

        var page = await lab.Browser.PressAsync("Sign out these sites");

        page.Body.ShouldContain("The &lt;application&gt;: no response");
        page.Body.ShouldContain("The application: not notified, because it has no back-channel logout address");
    }

    [Fact]
    public async Task Only_the_session_of_the_button_ends()
    {
        await using var lab = await StartAsync();
        using var other = lab.NewBrowser();
        await other.GoAsync(lab.Browser.History[0].AbsoluteUri, TestContext.Current.CancellationToken);
        lab.Emulator.Phone.Sessions.Count.ShouldBe(2);
        await GoAsync(lab);

        await lab.Browser.PressAsync("Sign out");

        lab.Emulator.Phone.Sessions.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Origin", "https://evil.example.test")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_site_cannot_post_the_form(string header, string value)
    {
        await using var lab = await StartAsync();
        var session = lab.Emulator.Phone.Sessions.Single();
        lab.Browser.Headers[header] = value;

        var page = await lab.Browser.PostAsync(The.Provider + "/phone", [new("session", session.PhoneId)], TestContext.Current.CancellationToken);

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        session.IsEnded.ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_click_finds_no_session_and_the_sid_is_not_accepted()
    {
        await using var lab = await StartAsync();
        var session = lab.Emulator.Phone.Sessions.Single();
        await GoAsync(lab);
        lab.Browser.Page.Body.ShouldNotContain(session.SessionId);
        lab.Browser.Page.Body.ShouldNotContain(session.Persona.Subject);

        (await lab.Browser.PostAsync(The.Provider + "/phone", [new("session", session.SessionId)], TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.NotFound);
        await GoAsync(lab);
        var before = lab.Browser.Page;
        await lab.Browser.PressAsync("Sign out");

        before.Body.ShouldContain(session.PhoneId);
        (await lab.Browser.PostAsync(The.Provider + "/phone", [new("session", session.PhoneId)], TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task It_is_linked_on_the_home_page_and_on_the_sign_in_page()
    {
        await using var lab = await Lab.StartAsync();

        (await lab.Browser.GoAsync(The.Provider + "/", TestContext.Current.CancellationToken)).Body.ShouldContain("href=\"/phone\"");
        (await lab.GoAsync()).Body.ShouldContain("href=\"/phone\"");
    }

    [Fact]
    public async Task The_journal_contains_it()
    {
        await using var lab = await StartAsync();
        await GoAsync(lab);
        await lab.Browser.PressAsync("Sign out");

        (await lab.Emulator.Requests.TakeAsync(EmulatorEndpoint.Phone, cancellationToken: TestContext.Current.CancellationToken)).Method.ShouldBe("GET");
        (await lab.Emulator.Requests.TakeAsync(EmulatorEndpoint.Phone, cancellationToken: TestContext.Current.CancellationToken)).Method.ShouldBe("POST");
    }

    private static async Task<Lab> StartAsync(LogoutInbox? inbox = null)
    {
        var lab = await Lab.StartApprovingAsync(client: client => (client.Name, client.BackChannelLogoutUri) = ("The <application>", The.LogoutUri));
        if (inbox is not null)
        {
            lab.Emulator.DeliverLogoutTo(inbox);
        }

        await lab.SignInAsync();
        return lab;
    }

    private static Task<Page> GoAsync(Lab lab) => lab.Browser.GoAsync(The.Provider + "/phone", TestContext.Current.CancellationToken);
}
