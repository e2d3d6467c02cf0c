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
    public async Task Nothing_is_sent_anywhere_before_the_address_is_known_to_be_good(string parameter, string? value)
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
    public async Task Other_errors_go_back_to_the_application_with_its_state(string parameter, string? value, string error)
    {
        await using var lab = await Lab.StartApprovingAsync();

        var answer = await lab.AskAsync((parameter, value));

        answer["error"].ShouldBe(error);
        answer["state"].ShouldBe(The.State);
        answer["code"].ShouldBeNull();
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
    public async Task What_the_provider_documents_is_accepted(string parameter, string? value)
    {
        await using var lab = await Lab.StartApprovingAsync();

        var answer = await lab.AskAsync((parameter, value));

        answer["code"].ShouldNotBeNull();
        answer["state"].ShouldBe(The.State);
    }

    [Fact]
    public async Task State_is_required()
    {
        await using var lab = await Lab.StartApprovingAsync();

        (await lab.AskAsync(("state", null)))["error"].ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("state=again")]
    [InlineData("nonce=again")]
    [InlineData("anything=1&anything=2")]
    public async Task A_parameter_that_comes_twice_is_refused(string twice)
    {
        await using var lab = await Lab.StartApprovingAsync();
        var query = await new FormUrlEncodedContent(Lab.Request()).ReadAsStringAsync(TestContext.Current.CancellationToken);

        var answer = Answer.Read(await lab.Browser.GoAsync($"{The.Provider}/authorize?{query}&{twice}", TestContext.Current.CancellationToken));

        answer["error"].ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("client_id=" + The.OtherClientId)]
    [InlineData("redirect_uri=https%3A%2F%2Fevil.example.test%2F")]
    public async Task A_second_client_or_address_leads_nowhere(string twice)
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

        Answer.Read(page)["code"].ShouldNotBeNull();
    }

    [Fact]
    public async Task The_sign_in_page_is_a_303_and_an_answer_is_a_302()
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

        var answer = await lab.AskAsync(("response_type", "code id_token"));

        answer["error"].ShouldBe(error);
        answer.Mode.ShouldBe("fragment");
    }

    [Theory]
    [InlineData("https://anywhere.example.test/x", true)]
    [InlineData("http://localhost:5002/signin-authentiq", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("com.example.app:/callback", false)]
    public async Task In_test_mode_any_web_address_will_do(string uri, bool isAccepted)
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

        var answer = await lab.AskAsync(("redirect_uri", uri));

        answer["tenant"].ShouldBe("1");
        answer["code"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Nothing_of_the_request_is_echoed_on_an_error_page()
    {
        await using var lab = await Lab.StartAsync();

        var page = await lab.GoAsync(("client_id", "<script>alert(1)</script>"));

        page.Body.ShouldNotContain("alert(1)");
    }
}
