using System.Net;
using Authentiq.Emulator;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class ResponseTypeTests
{
    public static MatrixTheoryData<string, string> Responses => new(["code", "id_token", "token id_token", "code id_token", "code token", "code token id_token"], ["fragment", "form_post"]);

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task Every_response_type_signs_in_by_fragment_and_by_form_post(string type, string mode)
    {
        await using var app = await RelyingParty.StartAsync(options => (options.ResponseType, options.ResponseMode) = (type, mode));

        (await app.SignInThroughScriptsAsync()).Body.ShouldBe("signed in as Alice Smith");

        var request = await app.Provider.Requests.TakeAsync(EmulatorEndpoint.Authorize, cancellationToken: TestContext.Current.CancellationToken);
        request.Parameters["response_mode"].ShouldBe(mode);
        request.Parameters.ContainsKey("code_challenge").ShouldBe(type.Contains("code", StringComparison.Ordinal), "PKCE belongs to every code");
    }

    [Fact]
    public async Task A_response_in_the_fragment_is_posted_by_a_page_that_runs_only_its_own_script()
    {
        await using var app = await RelyingParty.StartAsync(options => options.ResponseMode = "fragment");

        var page = await app.SignInAsync();

        page.Url.Fragment.ShouldContain("code=");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; script-src 'sha256-");
        page.Headers.GetValues("Cache-Control").Single().ShouldBe("no-store");
    }

    [Theory]
    [InlineData("")]
    [InlineData("error=&")]
    [InlineData("error=access_denied&")]
    public async Task A_code_in_the_query_is_refused_where_form_post_was_requested(string before)
    {
        await using var app = await RelyingParty.StartAsync(options => options.ResponseMode = "form_post");
        await app.SignInAsync();
        var response = string.Join('&', app.Browser.FieldsOf("Continue").Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));

        var page = await app.Browser.GoAsync($"{RelyingParty.Address}/signin-authentiq?{before}{response}", TestContext.Current.CancellationToken);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        app.Log.GetSnapshot().Single(entry => entry.Id.Name == "SignInFailed").Message.ShouldContain("response_mode is form_post");
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task Without_openid_the_identity_comes_from_userinfo()
    {
        await using var app = await RelyingParty.StartAsync(options => Ask(options, "aq:name", "email"));

        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
        app.Provider.Requests.All.Count(request => request.Endpoint == EmulatorEndpoint.UserInfo).ShouldBe(1);
    }

    [Fact]
    public async Task Without_openid_a_failing_userinfo_fails_the_sign_in()
    {
        await using var app = await RelyingParty.StartAsync(options => Ask(options, "aq:name", "email"));
        app.Provider.Faults.Fail(EmulatorEndpoint.UserInfo);

        ((int)(await app.SignInAsync()).Status).ShouldBe(503);
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task An_access_token_that_is_not_for_this_client_is_refused()
    {
        await using var app = await RelyingParty.StartAsync(options => (options.ResponseType, options.ResponseMode, options.AllowSignInByAccessToken) = ("token", "form_post", true));

        ((int)(await app.SignInThroughScriptsAsync()).Status).ShouldBe(400);
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task An_unpaired_surrogate_in_userinfo_removes_its_claims_and_does_not_fail_the_sign_in()
    {
        await using var app = await RelyingParty.StartAsync(options => options.UserInfoMode = AuthentiqUserInfoMode.Always);
        app.Provider.Faults.Respond(EmulatorEndpoint.UserInfo, $$"""{"sub":"{{Personas.Alice.Subject}}","phone_number":"\ud800"}""");

        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    public async Task A_deeply_nested_claim_of_userinfo_does_not_remove_other_claims(int levels)
    {
        await using var app = await RelyingParty.StartAsync(options => options.UserInfoMode = AuthentiqUserInfoMode.Always);
        var nested = string.Concat(Enumerable.Repeat("""{"a":""", levels)) + "1" + new string('}', levels);
        app.Provider.Faults.Respond(EmulatorEndpoint.UserInfo, $$"""{"sub":"{{Personas.Alice.Subject}}","other":{{nested}},"zoneinfo":"Europe/Amsterdam"}""");

        (await app.OpenAsync("/claims")).Body.ShouldContain("zoneinfo=Europe/Amsterdam");
    }

    private static void Ask(AuthentiqOptions options, params string[] scopes)
    {
        options.Scope.Clear();
        foreach (var scope in scopes)
        {
            options.Scope.Add(scope);
        }
    }
}
