using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class SignedUserInfoTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [InlineData("HS256")]
    public async Task It_is_a_JWT_where_the_client_registered_for_one(string algorithm)
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.UserInfoSignedResponseAlg = algorithm);

        var token = await AuthorizeAsync(lab);

        token.Alg.ShouldBe(algorithm);
        token.Issuer.ShouldBe("https://connect.authentiq.io/");
        token.Audiences.ShouldBe([The.ClientId]);
        token.Subject.ShouldBe(Personas.Alice.Subject);
        token.GetPayloadValue<bool>("email_verified").ShouldBeTrue();
        var isSigned = algorithm == SigningAlgorithms.HS256
            ? await lab.IsSignedWithAsync(token, new SymmetricSecurityKey(Encoding.UTF8.GetBytes(The.ClientSecret)))
            : await lab.IsSignedWithAPublishedKeyAsync(token);
        isSigned.ShouldBeTrue();
    }

    [Fact]
    public async Task It_can_be_faulty()
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.UserInfoSignedResponseAlg = SigningAlgorithms.RS256);
        lab.Emulator.Faults.ForeignKey(TokenKind.UserInfo);
        lab.Emulator.Faults.WrongAlgorithm("none", TokenKind.UserInfo);
        lab.Emulator.Faults.BeforeUserInfoAnswer(claims => claims["sub"] = "somebody-else");

        var first = await AuthorizeAsync(lab);
        var second = await AuthorizeAsync(lab);
        var third = await AuthorizeAsync(lab);

        first.Subject.ShouldBe("somebody-else");
        (await lab.IsSignedWithAPublishedKeyAsync(first)).ShouldBeFalse();
        second.Alg.ShouldBe("none");
        second.Subject.ShouldBe(Personas.Alice.Subject);
        (await lab.IsSignedWithAPublishedKeyAsync(third)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("RS257")]
    public async Task An_algorithm_that_signs_nothing_is_not_registered(string algorithm)
    {
        await using var lab = await Lab.StartAsync();

        Should.Throw<ArgumentException>(() => lab.Emulator.Clients[The.ClientId].UserInfoSignedResponseAlg = algorithm).Message.ShouldContain("userinfo_signed_response_alg");
    }

    private static async Task<JsonWebToken> AuthorizeAsync(Lab lab)
    {
        var accessToken = (await lab.SignInAsync()).AccessToken;
        using var request = new HttpRequestMessage(HttpMethod.Get, The.Provider + "/userinfo");
        request.Headers.Authorization = new("Bearer", accessToken);
        using var response = await lab.SendAsync(request);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/jwt");
        return new(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
