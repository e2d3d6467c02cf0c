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
    public async Task Each_response_type_brings_what_it_says(string type)
    {
        await using var lab = await Lab.StartApprovingAsync();

        var answer = await lab.AskAsync(("response_type", type));

        var words = type.Split(' ');
        answer.Mode.ShouldBe(type == "code" ? "query" : "fragment");
        answer["state"].ShouldBe(The.State);
        (answer["code"] is not null).ShouldBe(words.Contains("code"));
        (answer["access_token"] is not null).ShouldBe(words.Contains("token"));
        (answer["id_token"] is not null).ShouldBe(words.Contains("id_token"));
        answer["iss"].ShouldBeNull();
        if (answer["id_token"] is { } idToken)
        {
            await ShouldBelongAsync(lab, new(idToken), answer);
        }
    }

    [Theory]
    [InlineData("code", "query")]
    [InlineData("code", "fragment")]
    [InlineData("code", "form_post")]
    [InlineData("code id_token", "fragment")]
    [InlineData("code id_token", "form_post")]
    public async Task Each_response_mode_carries_the_answer(string type, string mode)
    {
        await using var lab = await Lab.StartApprovingAsync();

        var answer = await lab.AskAsync(("response_type", type), ("response_mode", mode));

        answer.Mode.ShouldBe(mode);
        answer["code"].ShouldNotBeNull();
        answer["state"].ShouldBe(The.State);
    }

    [Fact]
    public async Task A_token_is_never_put_into_the_query()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var answer = await lab.AskAsync(("response_type", "id_token"), ("response_mode", "query"));

        answer.Mode.ShouldBe("fragment");
        answer["error"].ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("fragment")]
    [InlineData("form_post")]
    public async Task An_error_travels_as_the_answer_would_have(string mode)
    {
        await using var lab = await Lab.StartAsync();

        var answer = await lab.AskAsync(("prompt", "none"), ("response_mode", mode));

        answer.Mode.ShouldBe(mode);
        answer["error"].ShouldBe("login_required");
    }

    [Fact]
    public async Task The_documents_own_example_has_no_nonce_and_works()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var answer = await lab.AskAsync(("response_type", "code id_token"), ("nonce", null));

        new JsonWebToken(answer["id_token"]).TryGetPayloadValue<string>("nonce", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_id_token_in_the_answer_needs_the_scope_openid()
    {
        await using var lab = await Lab.StartApprovingAsync();

        (await lab.AskAsync(("response_type", "id_token"), ("scope", "email")))["error"].ShouldBe("invalid_scope");
        (await lab.AskAsync(("response_type", "code"), ("scope", "email")))["code"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("HS256", "RS256")]
    [InlineData("none", "RS256")]
    [InlineData("RS256", "RS256")]
    [InlineData("ES256", "ES256")]
    public async Task What_comes_through_the_browser_is_signed_with_a_key_of_the_provider(string registered, string algorithm)
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.IdTokenSignedResponseAlg = registered);

        var token = new JsonWebToken((await lab.AskAsync(("response_type", "id_token")))["id_token"]);

        token.Alg.ShouldBe(algorithm);
        (await lab.IsSignedWithAPublishedKeyAsync(token)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_access_token_from_the_answer_works_at_userinfo()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var answer = await lab.AskAsync(("response_type", "token"));

        answer["token_type"].ShouldBe("Bearer");
        answer["expires_in"].ShouldBe("3600");
        (await lab.GetAsync("userinfo", answer["access_token"])).Text("email").ShouldBe("alice@example.test");
    }

    private static async Task ShouldBelongAsync(Lab lab, JsonWebToken token, Answer answer)
    {
        (await lab.IsSignedWithAPublishedKeyAsync(token)).ShouldBeTrue();
        token.GetPayloadValue<string>("nonce").ShouldBe("the-nonce");
        if (answer["code"] is { } code)
        {
            token.GetPayloadValue<string>("c_hash").ShouldBe(LeftHalf(code));
        }

        if (answer["access_token"] is { } accessToken)
        {
            token.GetPayloadValue<string>("at_hash").ShouldBe(LeftHalf(accessToken));
        }
    }

    private static string LeftHalf(string value) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(value))[..16]);
}
