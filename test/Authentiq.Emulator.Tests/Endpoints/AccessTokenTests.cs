using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class AccessTokenTests
{
    [Theory]
    [InlineData("code")]
    [InlineData("token")]
    public async Task It_can_be_a_JWT_for_the_client(string responseType)
    {
        await using var lab = await Lab.StartApprovingAsync(options => options.AccessTokenFormat = AccessTokenFormat.Jwt, client => client.IdTokenSignedResponseAlg = SigningAlgorithms.HS256);
        var response = await lab.AuthorizeAsync(("response_type", responseType));

        var token = new JsonWebToken(response["access_token"] ?? (await lab.RedeemAsync(response["code"]!)).AccessToken);

        token.Typ.ShouldBe("at+jwt");
        token.Alg.ShouldBe("RS256");
        token.Audiences.ShouldBe([The.ClientId]);
        token.Subject.ShouldBe(Personas.Alice.Subject);
        token.GetPayloadValue<string>("scope").ShouldBe("openid email profile");
        token.ValidTo.ShouldBe(lab.Clock.GetUtcNow().AddHours(1).UtcDateTime);
        (await lab.IsSignedWithAPublishedKeyAsync(token)).ShouldBeTrue();
        (await lab.GetAsync("userinfo", token.EncodedToken)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_is_opaque_otherwise()
    {
        await using var lab = await Lab.StartApprovingAsync();

        (await lab.SignInAsync()).AccessToken.ShouldNotContain(".");
    }

    [Fact]
    public async Task A_JWT_can_be_faulty()
    {
        await using var lab = await Lab.StartApprovingAsync(options => options.AccessTokenFormat = AccessTokenFormat.Jwt);
        lab.Emulator.Faults.BeforeSigning(TokenKind.AccessToken, draft => draft.Payload["aud"] = "another");

        new JsonWebToken((await lab.SignInAsync()).AccessToken).Audiences.ShouldBe(["another"]);
        new JsonWebToken((await lab.SignInAsync()).AccessToken).Audiences.ShouldBe([The.ClientId]);
    }

    [Fact]
    public async Task Without_openid_there_is_an_access_token_and_no_ID_token()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var tokens = await lab.SignInAsync(("scope", "email"), ("nonce", null));

        tokens.Text("id_token").ShouldBeNull();
        tokens.Text("scope").ShouldBe("email");
        (await lab.GetAsync("userinfo", tokens.AccessToken)).Text("email").ShouldBe("alice@example.test");
    }
}
