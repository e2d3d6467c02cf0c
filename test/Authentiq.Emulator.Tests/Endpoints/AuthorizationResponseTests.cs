using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class AuthorizationResponseTests
{
    [Theory]
    [InlineData("code")]
    [InlineData("id_token")]
    [InlineData("token")]
    [InlineData("token id_token")]
    [InlineData("id_token token")]
    [InlineData("code id_token")]
    [InlineData("code token")]
    [InlineData("code token id_token")]
    public async Task Each_response_type_returns_its_parameters(string type)
    {
        await using var lab = await Lab.StartApprovingAsync();

        var response = await lab.AuthorizeAsync(("response_type", type));

        var words = type.Split(' ');
        response.Mode.ShouldBe(type == "code" ? "query" : "fragment");
        response["state"].ShouldBe(The.State);
        (response["code"] is not null).ShouldBe(words.Contains("code"));
        (response["access_token"] is not null).ShouldBe(words.Contains("token"));
        (response["id_token"] is not null).ShouldBe(words.Contains("id_token"));
        response["iss"].ShouldBeNull();
        if (response["id_token"] is { } idToken)
        {
            await ShouldBelongAsync(lab, new(idToken), response);
        }
    }

    [Theory]
    [InlineData("code", "query")]
    [InlineData("code", "fragment")]
    [InlineData("code", "form_post")]
    [InlineData("code id_token", "fragment")]
    [InlineData("code id_token", "form_post")]
    public async Task Each_response_mode_carries_the_response(string type, string mode)
    {
        await using var lab = await Lab.StartApprovingAsync();

        var response = await lab.AuthorizeAsync(("response_type", type), ("response_mode", mode));

        response.Mode.ShouldBe(mode);
        response["code"].ShouldNotBeNull();
        response["state"].ShouldBe(The.State);
    }

    [Fact]
    public async Task A_token_is_never_put_into_the_query()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var response = await lab.AuthorizeAsync(("response_type", "id_token"), ("response_mode", "query"));

        response.Mode.ShouldBe("fragment");
        response["error"].ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("fragment")]
    [InlineData("form_post")]
    public async Task An_error_is_sent_in_the_mode_of_the_response(string mode)
    {
        await using var lab = await Lab.StartAsync();

        var response = await lab.AuthorizeAsync(("prompt", "none"), ("response_mode", mode));

        response.Mode.ShouldBe(mode);
        response["error"].ShouldBe("login_required");
    }

    [Fact]
    public async Task The_documented_example_without_a_nonce_works()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var response = await lab.AuthorizeAsync(("response_type", "code id_token"), ("nonce", null));

        new JsonWebToken(response["id_token"]).TryGetPayloadValue<string>("nonce", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_id_token_in_the_response_requires_the_scope_openid()
    {
        await using var lab = await Lab.StartApprovingAsync();

        (await lab.AuthorizeAsync(("response_type", "id_token"), ("scope", "email")))["error"].ShouldBe("invalid_scope");
        (await lab.AuthorizeAsync(("response_type", "code"), ("scope", "email")))["code"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("HS256", "RS256")]
    [InlineData("none", "RS256")]
    [InlineData("RS256", "RS256")]
    [InlineData("ES256", "ES256")]
    public async Task A_front_channel_token_is_signed_with_a_key_of_the_provider(string registered, string algorithm)
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.IdTokenSignedResponseAlg = registered);

        var token = new JsonWebToken((await lab.AuthorizeAsync(("response_type", "id_token")))["id_token"]);

        token.Alg.ShouldBe(algorithm);
        (await lab.IsSignedWithAPublishedKeyAsync(token)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_access_token_of_the_response_works_at_userinfo()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var response = await lab.AuthorizeAsync(("response_type", "token"));

        response["token_type"].ShouldBe("Bearer");
        response["expires_in"].ShouldBe("3600");
        (await lab.GetAsync("userinfo", response["access_token"])).Text("email").ShouldBe("alice@example.test");
    }

    private static async Task ShouldBelongAsync(Lab lab, JsonWebToken token, ApplicationResponse response)
    {
        (await lab.IsSignedWithAPublishedKeyAsync(token)).ShouldBeTrue();
        token.GetPayloadValue<string>("nonce").ShouldBe("the-nonce");
        if (response["code"] is { } code)
        {
            token.GetPayloadValue<string>("c_hash").ShouldBe(LeftHalf(code));
        }

        if (response["access_token"] is { } accessToken)
        {
            token.GetPayloadValue<string>("at_hash").ShouldBe(LeftHalf(accessToken));
        }
    }

    private static string LeftHalf(string value) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(value))[..16]);
}
