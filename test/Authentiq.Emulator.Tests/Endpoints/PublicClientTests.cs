using System.Net;
using System.Net.Http.Headers;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class PublicClientTests
{
    [Fact]
    public async Task It_gets_tokens_with_its_id_and_a_code_verifier()
    {
        await using var lab = await StartAsync();

        var reply = await RedeemAsync(lab, await CodeAsync(lab));

        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Error);
        reply.IdToken.Subject.ShouldBe(Personas.Alice.Subject);
    }

    [Theory]
    [InlineData("code")]
    [InlineData("code id_token")]
    public async Task It_must_use_PKCE(string responseType)
    {
        await using var lab = await StartAsync();

        (await lab.AuthorizeAsync(("response_type", responseType)))["error"].ShouldBe("invalid_request");
        (await lab.AuthorizeAsync(("response_type", "id_token")))["id_token"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("code_verifier", null, "invalid_grant")]
    [InlineData("code_verifier", "another-verifier-that-is-long-enough-for-the-rfc", "invalid_grant")]
    [InlineData("client_id", null, "invalid_client")]
    [InlineData("client_id", The.OtherClientId, "invalid_client")]
    [InlineData("client_secret", "anything", "invalid_client")]
    public async Task It_is_rejected_with_missing_or_additional_credentials(string parameter, string? value, string error)
    {
        await using var lab = await StartAsync();

        (await RedeemAsync(lab, await CodeAsync(lab), changes: (parameter, value))).Error.ShouldBe(error);
    }

    [Fact]
    public async Task Credentials_of_a_public_client_are_rejected()
    {
        await using var lab = await StartAsync();

        (await RedeemAsync(lab, await CodeAsync(lab), Lab.Basic(The.ClientId, ""))).Error.ShouldBe("invalid_client");
    }

    [Fact]
    public async Task A_client_with_a_secret_must_send_it()
    {
        await using var lab = await Lab.StartApprovingAsync();

        (await RedeemAsync(lab, await CodeAsync(lab))).Error.ShouldBe("invalid_client");
    }

    [Fact]
    public async Task The_metadata_announces_it()
    {
        await using var lab = await Lab.StartAsync();

        (await lab.GetAsync(".well-known/openid-configuration")).Body.GetProperty("token_endpoint_auth_methods_supported")
            .EnumerateArray().Select(method => method.GetString()).ShouldBe(["client_secret_basic", "client_secret_post", "none"]);
    }

    private static Task<Lab> StartAsync() => Lab.StartApprovingAsync(client: client => (client.TokenEndpointAuthMethod, client.ClientSecret) = (TokenEndpointAuthMethods.None, ""));

    private static async Task<string> CodeAsync(Lab lab)
    {
        var response = await lab.AuthorizeAsync(("code_challenge", Lab.Challenge(The.Verifier)), ("code_challenge_method", "S256"));
        return response["code"].ShouldNotBeNull(response["error_description"]);
    }

    private static Task<JsonReply> RedeemAsync(Lab lab, string code, AuthenticationHeaderValue? authorization = null, params (string Name, string? Value)[] changes)
    {
        var form = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = The.RedirectUri,
            ["client_id"] = The.ClientId,
            ["code_verifier"] = The.Verifier,
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return lab.TokenAsync(new FormUrlEncodedContent(form.Where(field => field.Value is not null)!), authorization);
    }
}
