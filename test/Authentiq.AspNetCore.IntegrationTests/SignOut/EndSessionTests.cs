using System.Net;
using Authentiq.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class EndSessionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_sign_out_request_identifies_the_client(bool savesTokens)
    {
        await using var app = await RelyingParty.StartAsync(options => options.SaveTokens = savesTokens);
        await app.SignInAsync();

        await GoAsync(app, "/signout");

        var request = (await app.Provider.Requests.TakeAsync(EmulatorEndpoint.EndSession, cancellationToken: TestContext.Current.CancellationToken)).Parameters;
        request.ContainsKey("id_token_hint").ShouldBe(savesTokens);
        request.ContainsKey("client_id").ShouldBe(!savesTokens);
        request["post_logout_redirect_uri"].ShouldBe(RelyingParty.Address + "/signout-callback-authentiq");
        request.ContainsKey("state").ShouldBeTrue();
        app.Provider.Phone.Sessions.ShouldBeEmpty();
        app.Browser.Page.Body.ShouldBe("home");
    }

    [Fact]
    public async Task The_session_in_the_application_ends_first_whatever_the_provider_returns()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();
        app.Browser.FollowsRedirects = false;

        var page = await GoAsync(app, "/signout");

        page.Headers.Location!.Host.ShouldBe("connect.authentiq.io");
        page.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith(".AspNetCore.Cookies=;", StringComparison.Ordinal));
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_provider_without_the_endpoint_is_supported()
    {
        await using var app = await RelyingParty.StartAsync(options =>
        {
            options.Configuration = new()
            {
                Issuer = "https://connect.authentiq.io/",
                AuthorizationEndpoint = "https://connect.authentiq.io/authorize",
                TokenEndpoint = "https://connect.authentiq.io/token",
            };
        });
        await app.SignInAsync();

        var page = await GoAsync(app, "/signout");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldBe("home");
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task An_unavailable_provider_does_not_keep_a_user_signed_in()
    {
        await using var first = await RelyingParty.StartAsync();
        first.Provider.Faults.AbortConnection(EmulatorEndpoint.Discovery, times: 100);
        await using var app = await RelyingParty.StartAsync(options => options.MetadataMode = AuthentiqMetadataMode.Discovery, beside: first);

        var page = await GoAsync(app, "/signout");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldBe("home");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task The_return_URL_of_a_sign_out_is_local(string returnUrl)
    {
        await using var app = await RelyingParty.StartAsync(
            map: application => application.MapGet("/leave", () => TypedResults.SignOut(new() { RedirectUri = returnUrl }, ["Cookies", AuthentiqDefaults.AuthenticationScheme])));
        await app.SignInAsync();

        await GoAsync(app, "/leave");

        app.Browser.Page.Url.ShouldBe(new Uri(RelyingParty.Address + "/"));
    }

    [Fact]
    public async Task The_signed_out_callback_redirects_to_the_return_URL()
    {
        await using var app = await RelyingParty.StartAsync(map: application =>
        {
            application.MapGet("/bye", () => "bye");
            application.MapGet("/leave", () => TypedResults.SignOut(new() { RedirectUri = "/bye" }, ["Cookies", AuthentiqDefaults.AuthenticationScheme]));
        });
        await app.SignInAsync();

        (await GoAsync(app, "/leave")).Body.ShouldBe("bye");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?state=garbage")]
    [InlineData("?state=")]
    [InlineData("?state=a&state=b")]
    public async Task A_signed_out_callback_without_a_sign_out_redirects_to_the_home_page(string query)
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();

        (await GoAsync(app, "/signout-callback-authentiq" + query)).Body.ShouldBe("home");

        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task The_state_of_a_sign_in_is_not_accepted_by_the_signed_out_callback()
    {
        await using var app = await RelyingParty.StartAsync();
        app.Browser.FollowsRedirects = false;
        var challenge = (await GoAsync(app, "/profile")).Headers.Location!;
        var state = QueryHelpers.ParseQuery(challenge.Query)["state"].ToString();

        var page = await GoAsync(app, "/signout-callback-authentiq?state=" + Uri.EscapeDataString(state));

        page.Headers.Location!.OriginalString.ShouldBe("/profile");
    }

    private static Task<Authentiq.TestSupport.Page> GoAsync(RelyingParty app, string path) => app.Browser.GoAsync(RelyingParty.Address + path, TestContext.Current.CancellationToken);
}
