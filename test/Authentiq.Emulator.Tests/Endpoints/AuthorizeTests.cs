using System.Net;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class AuthorizeTests
{
    [Theory]
    [InlineData("client_id", null)]
    [InlineData("client_id", "nobody")]
    [InlineData("redirect_uri", null)]
    [InlineData("redirect_uri", "https://evil.example.test/")]
    [InlineData("redirect_uri", The.RedirectUri + "/")]
    [InlineData("redirect_uri", The.RedirectUri + "#fragment")]
    [InlineData("redirect_uri", "javascript:alert(1)")]
    public async Task There_is_no_redirect_before_the_address_is_validated(string parameter, string? value)
    {
        await using var lab = await Lab.StartApprovingAsync();

        var page = await lab.GoAsync((parameter, value));

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Url.Host.ShouldBe("connect.authentiq.io");
    }

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "banana", "unsupported_response_type")]
    [InlineData("response_type", "code code", "unsupported_response_type")]
    [InlineData("response_mode", "telepathy", "invalid_request")]
    [InlineData("scope", null, "invalid_request")]
    [InlineData("scope", "openid email~x", "invalid_scope")]
    [InlineData("scope", "unheard-of", "invalid_scope")]
    [InlineData("display", "touch", "invalid_request")]
    [InlineData("prompt", "create", "invalid_request")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "soon", "invalid_request")]
    [InlineData("ui_locales", "nl_NL", "invalid_request")]
    [InlineData("id_token_hint", "not.a.token", "invalid_request")]
    [InlineData("code_challenge", "too-short", "invalid_request")]
    [InlineData("code_challenge_method", "S256", "invalid_request")]
    [InlineData("request", "e30.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://app.example.test/request", "request_uri_not_supported")]
    public async Task Other_errors_are_returned_to_the_application_with_its_state(string parameter, string? value, string error)
    {
        await using var lab = await Lab.StartApprovingAsync();

        var response = await lab.AuthorizeAsync((parameter, value));

        response["error"].ShouldBe(error);
        response["state"].ShouldBe(The.State);
        response["code"].ShouldBeNull();
    }

    [Theory]
    [InlineData("display", "page")]
    [InlineData("display", "popup")]
    [InlineData("display", "modal")]
    [InlineData("prompt", "login")]
    [InlineData("prompt", "login consent")]
    [InlineData("max_age", "0")]
    [InlineData("ui_locales", "nl-NL en zh-Hant-TW")]
    [InlineData("nonce", null)]
    [InlineData("scope", "openid email~rs unheard-of offline_access")]
    [InlineData("scope", "openid openid")]
    public async Task Documented_values_are_accepted(string parameter, string? value)
    {
        await using var lab = await Lab.StartApprovingAsync();

        var response = await lab.AuthorizeAsync((parameter, value));

        response["code"].ShouldNotBeNull();
        response["state"].ShouldBe(The.State);
    }

    [Fact]
    public async Task State_is_required()
    {
        await using var lab = await Lab.StartApprovingAsync();

        (await lab.AuthorizeAsync(("state", null)))["error"].ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("state=again")]
    [InlineData("nonce=again")]
    [InlineData("anything=1&anything=2")]
    public async Task A_repeated_parameter_is_rejected(string twice)
    {
        await using var lab = await Lab.StartApprovingAsync();
        var query = await new FormUrlEncodedContent(Lab.Request()).ReadAsStringAsync(TestContext.Current.CancellationToken);

        var response = ApplicationResponse.Read(await lab.Browser.GoAsync($"{The.Provider}/authorize?{query}&{twice}", TestContext.Current.CancellationToken));

        response["error"].ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("client_id=" + The.OtherClientId)]
    [InlineData("redirect_uri=https%3A%2F%2Fevil.example.test%2F")]
    public async Task A_repeated_client_or_address_is_not_redirected(string twice)
    {
        await using var lab = await Lab.StartApprovingAsync();
        var query = await new FormUrlEncodedContent(Lab.Request()).ReadAsStringAsync(TestContext.Current.CancellationToken);

        var page = await lab.Browser.GoAsync($"{The.Provider}/authorize?{query}&{twice}", TestContext.Current.CancellationToken);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_request_can_be_posted()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var page = await lab.Browser.PostAsync(The.Provider + "/authorize", Lab.Request(), TestContext.Current.CancellationToken);

        ApplicationResponse.Read(page)["code"].ShouldNotBeNull();
    }

    [Fact]
    public async Task The_sign_in_page_is_a_303_and_an_authorization_response_is_a_302()
    {
        await using var lab = await Lab.StartAsync();
        lab.Browser.FollowsRedirects = false;

        (await lab.GoAsync()).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await lab.GoAsync(("prompt", "none"))).Status.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "unauthorized_client")]
    public async Task A_client_gets_the_response_types_of_its_registration(bool isRegistered, string? error)
    {
        await using var lab = await Lab.StartApprovingAsync(client: client =>
        {
            client.ResponseTypes.Clear();
            client.ResponseTypes.Add(isRegistered ? "id_token code" : "code");
        });

        var response = await lab.AuthorizeAsync(("response_type", "code id_token"));

        response["error"].ShouldBe(error);
        response.Mode.ShouldBe("fragment");
    }

    [Theory]
    [InlineData("https://anywhere.example.test/x", true)]
    [InlineData("http://localhost:5002/signin-authentiq", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("com.example.app:/callback", false)]
    public async Task In_test_mode_any_web_address_is_accepted(string uri, bool isAccepted)
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.TestMode = true);
        lab.Browser.FollowsRedirects = false;

        (await lab.GoAsync(("redirect_uri", uri))).Status.ShouldBe(isAccepted ? HttpStatusCode.Found : HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_query_of_the_address_is_kept()
    {
        const string uri = The.RedirectUri + "?tenant=1";
        await using var lab = await Lab.StartApprovingAsync(client: client => client.RedirectUris.Add(uri));

        var response = await lab.AuthorizeAsync(("redirect_uri", uri));

        response["tenant"].ShouldBe("1");
        response["code"].ShouldNotBeNull();
    }

    [Fact]
    public async Task An_error_page_contains_no_value_of_the_request()
    {
        await using var lab = await Lab.StartAsync();

        var page = await lab.GoAsync(("client_id", "<script>alert(1)</script>"));

        page.Body.ShouldNotContain("alert(1)");
    }
}
