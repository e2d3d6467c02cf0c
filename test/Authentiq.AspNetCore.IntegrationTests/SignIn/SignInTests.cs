using System.Net;
using Authentiq.Emulator;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class SignInTests
{
    [Fact]
    public async Task One_line_makes_Authorize_work()
    {
        await using var app = await RelyingParty.StartAsync(authentication: services => services.AddAuthentication().AddAuthentiq());

        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
    }

    [Fact]
    public async Task A_cookie_scheme_may_come_before_or_after()
    {
        await using var before = await RelyingParty.StartAsync(authentication: services => services.AddAuthentication().AddCookie().AddAuthentiq());
        await using var after = await RelyingParty.StartAsync(authentication: services => services.AddAuthentication().AddAuthentiq().AddCookie());

        (await before.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
        (await after.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
    }

    [Fact]
    public async Task Identity_keeps_its_login_page()
    {
        await using var app = await RelyingParty.StartAsync(authentication: services => services.AddAuthentication(IdentityConstants.ApplicationScheme).AddAuthentiq().AddIdentityCookies());
        app.Browser.FollowsRedirects = false;

        (await app.SignInAsync()).Headers.Location!.AbsolutePath.ShouldBe(CookieAuthenticationDefaults.LoginPath.Value);
    }

    [Fact]
    public async Task The_request_carries_what_the_provider_documents()
    {
        await using var app = await RelyingParty.StartAsync(options =>
        {
            options.Display = "popup";
            options.UiLocales = "nl en";
            options.Prompt = "consent";
            options.MaxAge = TimeSpan.FromMinutes(5);
        });
        await app.SignInAsync();

        var request = (await app.Provider.Requests.TakeAsync(EmulatorEndpoint.Authorize, cancellationToken: TestContext.Current.CancellationToken)).Parameters;
        request["client_id"].ShouldBe(RelyingParty.ClientId);
        request["response_type"].ShouldBe("code");
        request["response_mode"].ShouldBe("query");
        request["scope"].ShouldBe("openid aq:name email~rs aq:push");
        request["redirect_uri"].ShouldBe(RelyingParty.Address + "/signin-authentiq");
        request["code_challenge_method"].ShouldBe("S256");
        request["display"].ShouldBe("popup");
        request["ui_locales"].ShouldBe("nl en");
        request["prompt"].ShouldBe("consent");
        request["max_age"].ShouldBe("300");
        request.Keys.ShouldContain("nonce");
        request.Keys.ShouldContain("state");
        request.Keys.ShouldContain("code_challenge");
    }

    [Theory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task The_client_authenticates_only_with_the_configured_method(string method)
    {
        await using var app = await RelyingParty.StartAsync(options => options.TokenEndpointAuthMethod = method, client => client.TokenEndpointAuthMethod = method);

        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");

        var request = await app.Provider.Requests.TakeAsync(EmulatorEndpoint.Token, cancellationToken: TestContext.Current.CancellationToken);
        request.Headers.ContainsKey("Authorization").ShouldBe(method == "client_secret_basic");
        request.Parameters.ContainsKey("client_secret").ShouldBe(method == "client_secret_post");
    }

    [Fact]
    public async Task An_HS256_sign_in_waits_for_the_token_call_and_nothing_else()
    {
        await using var app = await RelyingParty.StartAsync();

        // Discovery and keys load in the background. Here they are never returned, and the sign-in is not affected.
        app.Provider.Faults.AbortConnection(EmulatorEndpoint.Discovery, times: 100);
        app.Provider.Faults.AbortConnection(EmulatorEndpoint.Keys, times: 100);
        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");

        app.Provider.Requests.All.Count(request => request.Endpoint is EmulatorEndpoint.Token).ShouldBe(1);
        app.Provider.Requests.All.ShouldNotContain(request => request.Endpoint == EmulatorEndpoint.UserInfo);
    }

    [Fact]
    public async Task A_script_gets_401_and_no_redirect()
    {
        await using var app = await RelyingParty.StartAsync();
        app.Browser.Headers["Sec-Fetch-Dest"] = "empty";

        var response = await app.SignInAsync();
        response.Status.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Claims_that_the_ID_token_lacks_come_from_userinfo()
    {
        await using var app = await RelyingParty.StartAsync();
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => draft.Payload.Remove("email"));
        await app.SignInAsync();

        (await app.Browser.GoAsync(RelyingParty.Address + "/claims", TestContext.Current.CancellationToken)).Body.ShouldContain("email=");
        app.Provider.Requests.All.ShouldContain(request => request.Endpoint == EmulatorEndpoint.UserInfo);
    }

    [Fact]
    public async Task An_unverified_address_does_not_satisfy_a_signed_scope()
    {
        await using var app = await RelyingParty.StartAsync();
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => draft.Payload["email_verified"] = false);

        ((int)(await app.SignInAsync()).Status).ShouldBe(403);
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_user_who_declines_gets_an_error_page()
    {
        await using var app = await RelyingParty.StartAsync(provider: provider => provider.ApproveAs = null);
        var page = await app.SignInAsync();
        page.Url.Host.ShouldBe("connect.authentiq.io");

        var end = await app.Browser.PostAsync(page.Url.AbsoluteUri, new Dictionary<string, string>(StringComparer.Ordinal) { ["decision"] = "deny" }, TestContext.Current.CancellationToken);

        ((int)end.Status).ShouldBe(403);
        end.Body.ShouldContain("Sign-in cancelled");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=x")]
    [InlineData("?code=x&state=garbage")]
    [InlineData("?error=access_denied")]
    [InlineData("?state=a&state=b")]
    public async Task A_callback_without_a_sign_in_shows_an_error_page(string query)
    {
        await using var app = await RelyingParty.StartAsync();

        var page = await app.Browser.GoAsync(RelyingParty.Address + "/signin-authentiq" + query, TestContext.Current.CancellationToken);

        ((int)page.Status).ShouldBe(400);
        page.Body.ShouldContain("Please sign in again");
    }

    [Fact]
    public async Task An_unavailable_provider_shows_an_error_page()
    {
        await using var app = await RelyingParty.StartAsync();
        app.Provider.Faults.AbortConnection(EmulatorEndpoint.Token);

        ((int)(await app.SignInAsync()).Status).ShouldBe(503);
        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_redirects_to_the_home_page()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();

        (await app.Browser.GoAsync(RelyingParty.Address + "/signout", TestContext.Current.CancellationToken)).Body.ShouldBe("home");
        await app.ShouldBeSignedOutAsync();
    }
}
