using System.Net;
using System.Text.Json;

namespace Authentiq.Emulator.Tests.Pages;

public sealed class PhoneTests
{
    [Fact]
    public async Task A_test_approves_and_the_page_continues()
    {
        await using var lab = await Lab.StartAsync();
        await lab.GoAsync(("scope", "openid email~rs phone"));
        (await StatusAsync(lab)).ShouldBe(("pending", null));

        var signIn = await NextAsync(lab);
        signIn.Scopes.Select(scope => scope.ToString()).ShouldBe(["openid", "email~rs", "phone"]);
        signIn.Client.ClientId.ShouldBe(The.ClientId);
        signIn.Parameters["state"].ShouldBe(The.State);
        lab.Emulator.Phone.Approve(signIn, Personas.Alice, "phone");

        var (status, next) = await StatusAsync(lab);
        status.ShouldBe("decided");
        var result = ApplicationResponse.Read(await lab.Browser.GoAsync(The.Provider + next, TestContext.Current.CancellationToken));
        (await lab.RedeemAsync(result["code"]!)).Text("scope").ShouldBe("openid email");
        lab.Emulator.Phone.Sessions.ShouldHaveSingleItem().ClientIds.ShouldBe([The.ClientId]);
    }

    [Fact]
    public async Task A_test_denies_and_the_page_continues()
    {
        await using var lab = await Lab.StartAsync();
        var page = await lab.GoAsync();

        lab.Emulator.Phone.Deny(await NextAsync(lab));

        ApplicationResponse.Read(await lab.Browser.GoAsync(page.Url.AbsoluteUri, TestContext.Current.CancellationToken))["error"].ShouldBe("access_denied");
    }

    [Fact]
    public async Task A_sign_in_can_be_awaited_before_it_comes_and_is_returned_once()
    {
        await using var lab = await Lab.StartAsync();
        var waiting = NextAsync(lab);
        waiting.IsCompleted.ShouldBeFalse();

        await lab.GoAsync();

        (await waiting).IsPending.ShouldBeTrue();
        await Should.ThrowAsync<TimeoutException>(() => lab.Emulator.Phone.NextSignInAsync(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_decision_is_made_once()
    {
        await using var lab = await Lab.StartAsync();
        await lab.GoAsync();
        var signIn = await NextAsync(lab);

        lab.Emulator.Phone.Deny(signIn);

        Should.Throw<InvalidOperationException>(() => lab.Emulator.Phone.Approve(signIn, Personas.Alice));
        Should.Throw<InvalidOperationException>(() => lab.Emulator.Phone.Deny(signIn));
    }

    [Fact]
    public async Task A_required_scope_cannot_be_declined_or_missing()
    {
        await using var lab = await Lab.StartAsync();
        await lab.GoAsync(("scope", "openid email~rs"));
        var signIn = await NextAsync(lab);

        Should.Throw<InvalidOperationException>(() => lab.Emulator.Phone.Approve(signIn, Personas.Alice, "email")).Message.ShouldContain("email~rs is required");
        Should.Throw<InvalidOperationException>(() => lab.Emulator.Phone.Approve(signIn, Personas.Bob)).Message.ShouldContain("cannot share email~rs");
        signIn.CanBeApprovedBy(Personas.Bob.With("email_verified", true)).ShouldBeTrue();
        signIn.CanBeApprovedBy(Personas.Alice.Without("email")).ShouldBeFalse();
        signIn.IsPending.ShouldBeTrue();
    }

    [Fact]
    public async Task Automatic_approval_denies_a_scope_that_cannot_be_shared()
    {
        await using var lab = await Lab.StartAsync(options => options.ApproveAs = Personas.Bob);

        (await lab.AuthorizeAsync(("scope", "openid email~rs")))["error"].ShouldBe("access_denied");
        (await lab.AuthorizeAsync(("scope", "openid email~r")))["code"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Another_browser_approves_but_gets_no_response()
    {
        await using var lab = await Lab.StartAsync();
        var page = await lab.GoAsync();
        using var other = lab.NewBrowser();
        await other.GoAsync(page.Url.AbsoluteUri, TestContext.Current.CancellationToken);

        (await other.PressAsync("Approve")).Body.ShouldContain("Continue in the browser that started the sign-in");
        (await other.GoAsync(page.Url + "/complete", TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await StatusAsync(lab)).Status.ShouldBe("decided");
        ApplicationResponse.Read(await lab.Browser.GoAsync(page.Url + "/complete", TestContext.Current.CancellationToken))["code"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_finished_sign_in_has_a_status_but_only_one_response()
    {
        await using var lab = await Lab.StartAsync();
        var page = await lab.GoAsync();
        ApplicationResponse.Read(await lab.Browser.PressAsync("Approve"))["code"].ShouldNotBeNull();

        (await StatusAsync(lab, page.Url)).Status.ShouldBe("finished");
        (await lab.Browser.GoAsync(page.Url + "/complete", TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await lab.Browser.GoAsync(page.Url.AbsoluteUri, TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_sign_in_expires()
    {
        await using var lab = await Lab.StartAsync();
        var page = await lab.GoAsync();

        lab.Clock.Advance(TimeSpan.FromMinutes(10));

        (await StatusAsync(lab)).Status.ShouldBe("expired");
        (await lab.Browser.GoAsync(page.Url.AbsoluteUri, TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<PendingSignIn> NextAsync(Lab lab) => lab.Emulator.Phone.NextSignInAsync(cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<(string? Status, string? Next)> StatusAsync(Lab lab, Uri? page = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, (page ?? lab.Browser.Page.Url) + "/status");
        request.Headers.Add("Cookie", lab.Browser.Cookies.GetCookieHeader(new(The.Provider)));
        using var response = await lab.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (json.RootElement.GetProperty("status").GetString(), json.RootElement.TryGetProperty("next", out var next) ? next.GetString() : null);
    }
}
