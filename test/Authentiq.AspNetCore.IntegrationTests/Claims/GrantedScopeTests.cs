using System.Net;
using Authentiq.Emulator;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The user can edit all parameters of the callback that are not signed.</summary>
public sealed class GrantedScopeTests
{
    public static TheoryData<string> ResponseTypes => ["id_token", "token id_token", "code id_token", "code token", "code token id_token"];

    [Theory]
    [MemberData(nameof(ResponseTypes))]
    public async Task A_scope_that_is_added_in_the_browser_is_not_granted(string type)
    {
        await using var app = await StartAsync(type);
        app.Provider.Faults.BeforeAnswer(response => response["scope"] = "openid aq:name email aq:push admin");

        var scope = await ScopeAsync(app);

        scope.ShouldContain("aq:name");
        scope.ShouldNotContain("admin");
    }

    [Theory]
    [InlineData("id_token")]
    [InlineData("token id_token")]
    public async Task A_required_scope_that_is_added_in_the_browser_is_still_missing(string type)
    {
        await using var app = await StartAsync(type, options => options.Scope.Add("premium~r"));
        app.Provider.Faults.BeforeAnswer(response => response["scope"] = "openid aq:name email aq:push premium");

        (await app.SignInThroughScriptsAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task The_scope_of_a_token_response_that_the_application_fetched_is_granted()
    {
        await using var app = await StartAsync("code id_token");
        app.Provider.Faults.BeforeTokenAnswer(response => response["scope"] = "openid aq:name email premium");

        (await ScopeAsync(app)).ShouldBe("scope=aq:name email openid premium");
    }

    [Fact]
    public async Task The_scope_parameter_of_the_callback_can_only_remove_scopes()
    {
        await using var app = await StartAsync("token id_token");
        app.Provider.Faults.BeforeAnswer(response => response["scope"] = "email aq:name");

        (await ScopeAsync(app)).ShouldBe("scope=aq:name email");
    }

    [Fact]
    public async Task An_access_token_alone_grants_the_scope_that_it_is_signed_with()
    {
        await using var app = await StartAsync("token", options => options.AllowSignInByAccessToken = true, provider => provider.AccessTokenFormat = AccessTokenFormat.Jwt);
        app.Provider.Faults.BeforeSigning(TokenKind.AccessToken, draft => draft.Payload["scope"] = "aq:name email openid");
        app.Provider.Faults.BeforeAnswer(response => response["scope"] = "aq:name email admin");

        (await ScopeAsync(app)).ShouldBe("scope=aq:name email");
    }

    [Theory]
    [InlineData(512, HttpStatusCode.OK)]
    [InlineData(513, HttpStatusCode.BadRequest)]
    public async Task A_session_state_is_not_stored_whatever_its_size(int length, HttpStatusCode status)
    {
        await using var app = await RelyingParty.StartAsync(options => options.CheckSessionPath = "/check-session");
        app.Provider.Faults.BeforeAnswer(response => response["session_state"] = new string('s', length));

        (await app.SignInAsync()).Status.ShouldBe(status);
    }

    private static Task<RelyingParty> StartAsync(string type, Action<AuthentiqOptions>? options = null, Action<EmulatorOptions>? provider = null) => RelyingParty.StartAsync(
        o =>
        {
            (o.ResponseType, o.ResponseMode) = (type, "form_post");
            options?.Invoke(o);
        },
        provider: provider);

    private static async Task<string> ScopeAsync(RelyingParty app) =>
        (await app.SignInThroughScriptsAsync(RelyingParty.Address + "/claims")).Body.Split('\n').Single(line => line.StartsWith("scope=", StringComparison.Ordinal));
}
