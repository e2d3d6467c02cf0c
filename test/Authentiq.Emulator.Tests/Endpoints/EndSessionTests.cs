using System.Net;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.WebUtilities;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class EndSessionTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("HS256")]
    [InlineData("none")]
    public async Task An_expired_hint_ends_the_session_and_the_browser_returns_with_its_state(string algorithm)
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.IdTokenSignedResponseAlg = algorithm);
        var tokens = await lab.SignInAsync();
        lab.Clock.Advance(TimeSpan.FromHours(2));

        var page = await EndAsync(lab, ("id_token_hint", tokens.IdToken.EncodedToken), ("post_logout_redirect_uri", The.SignedOutUri), ("state", "bye & more"));

        page.Url.AbsoluteUri.ShouldBe(The.SignedOutUri + "?state=bye%20%26%20more");
        lab.Emulator.Phone.Sessions.ShouldBeEmpty();
        (await lab.AuthorizeAsync(("prompt", "none")))["error"].ShouldBe("login_required");
    }

    [Fact]
    public async Task The_tokens_of_the_session_end_with_it()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var tokens = await lab.SignInAsync();

        await EndAsync(lab, ("client_id", The.ClientId));

        (await lab.GetAsync("userinfo", tokens.AccessToken)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_client_id_is_sufficient_to_return()
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();

        (await EndAsync(lab, ("client_id", The.ClientId), ("post_logout_redirect_uri", The.SignedOutUri))).Url.AbsoluteUri.ShouldBe(The.SignedOutUri);
    }

    [Fact]
    public async Task It_can_be_posted()
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();

        var page = await lab.Browser.PostAsync(
            The.Provider + "/end_session",
            [new("client_id", The.ClientId), new("post_logout_redirect_uri", The.SignedOutUri)],
            TestContext.Current.CancellationToken);

        page.Url.AbsoluteUri.ShouldBe(The.SignedOutUri);
        lab.Emulator.Phone.Sessions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_of_another_site_without_a_hint_of_the_user_requires_a_confirmation(bool withHintOfAnother)
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();
        var hint = lab.Emulator.IssueIdToken(The.ClientId, Personas.Bob);
        lab.Browser.Headers["Sec-Fetch-Site"] = "cross-site";

        var page = await EndAsync(lab, [("client_id", The.ClientId), ("post_logout_redirect_uri", The.SignedOutUri), ("state", "<bye & more>"), .. withHintOfAnother ? [("id_token_hint", hint)] : ((string, string)[])[]]);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldContain("The application asks to end the session of <b>Alice Smith</b>");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("frame-ancestors 'none'");
        lab.Emulator.Phone.Sessions.Count.ShouldBe(1);

        lab.Browser.Headers["Sec-Fetch-Site"] = "same-origin";
        (await lab.Browser.PressAsync("Sign out")).Url.AbsoluteUri.ShouldBe(The.SignedOutUri + "?state=%3Cbye%20%26%20more%3E");
        lab.Emulator.Phone.Sessions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("same-site", false)]
    [InlineData("none", false)]
    [InlineData("cross-site", true)]
    public async Task A_request_of_the_same_site_or_with_a_hint_of_the_user_requires_no_confirmation(string site, bool withHint)
    {
        await using var lab = await Lab.StartApprovingAsync();
        var tokens = await lab.SignInAsync();
        lab.Browser.Headers["Sec-Fetch-Site"] = site;

        var page = await EndAsync(lab, [("post_logout_redirect_uri", The.SignedOutUri), withHint ? ("id_token_hint", tokens.IdToken.EncodedToken) : ("client_id", The.ClientId)]);

        page.Url.AbsoluteUri.ShouldBe(The.SignedOutUri);
        lab.Emulator.Phone.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_address_the_provider_shows_a_page()
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();

        var page = await EndAsync(lab);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldContain("You are signed out");
    }

    [Theory]
    [InlineData("post_logout_redirect_uri", "https://evil.example.test/")]
    [InlineData("post_logout_redirect_uri", The.SignedOutUri + "/")]
    [InlineData("id_token_hint", "not.a.token")]
    [InlineData("client_id", "nobody")]
    [InlineData("client_id", null)]
    public async Task An_invalid_request_is_not_redirected_and_ends_no_session(string parameter, string? value)
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal) { ["client_id"] = The.ClientId, ["post_logout_redirect_uri"] = The.SignedOutUri, [parameter] = value };

        var page = await EndAsync(lab, [.. parameters.Where(field => field.Value is not null).Select(field => (field.Key, field.Value!))]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        lab.Emulator.Phone.Sessions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hint_with_a_foreign_signature_is_rejected()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var forged = lab.Emulator.IssueIdToken(The.ClientId, Personas.Alice, draft => draft.UseForeignKey = true);
        var unsigned = lab.Emulator.IssueIdToken(The.ClientId, Personas.Alice, draft => draft.Algorithm = "none");

        var stripped = lab.Emulator.IssueIdToken(The.ClientId, Personas.Alice, draft => draft.EditSignature = _ => "");

        (await EndAsync(lab, ("id_token_hint", stripped))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await EndAsync(lab, ("id_token_hint", forged))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await EndAsync(lab, ("id_token_hint", unsigned))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static Task<Page> EndAsync(Lab lab, params (string Name, string Value)[] parameters) => lab.Browser.GoAsync(
        QueryHelpers.AddQueryString(The.Provider + "/end_session", parameters.ToDictionary(p => p.Name, p => (string?)p.Value, StringComparer.Ordinal)),
        TestContext.Current.CancellationToken);
}
