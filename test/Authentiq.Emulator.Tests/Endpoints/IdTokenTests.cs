using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class IdTokenTests
{
    [Fact]
    public async Task It_has_the_documented_format()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var now = lab.Clock.GetUtcNow().ToUnixTimeSeconds();

        var token = (await lab.SignInAsync(("scope", "openid email address aq:location"))).IdToken;
        using var json = JsonDocument.Parse(Base64UrlEncoder.Decode(token.EncodedPayload));
        var claims = json.RootElement;

        claims.GetProperty("iss").GetString().ShouldBe("https://connect.authentiq.io/");
        claims.GetProperty("aud").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe(The.ClientId);
        claims.GetProperty("azp").GetString().ShouldBe(The.ClientId);
        claims.GetProperty("nonce").GetString().ShouldBe("the-nonce");
        claims.GetProperty("scope").GetString().ShouldBe("email address aq:location");
        claims.GetProperty("iat").GetInt64().ShouldBe(now);
        claims.GetProperty("nbf").GetInt64().ShouldBe(now);
        claims.GetProperty("auth_time").GetInt64().ShouldBe(now);
        claims.GetProperty("exp").GetInt64().ShouldBe(now + 3600);
        claims.GetProperty("jti").GetString().ShouldNotBeNullOrEmpty();
        claims.GetProperty("sid").GetString().ShouldNotBeNullOrEmpty();
        claims.GetProperty("email_verified").ValueKind.ShouldBe(JsonValueKind.True);
        claims.GetProperty("address").GetProperty("locality").GetString().ShouldBe("London");
        claims.GetProperty("aq:location").GetProperty("latitude").GetDouble().ShouldBeGreaterThan(51);
        claims.GetProperty("aq:location").GetProperty("address").GetProperty("country").GetString().ShouldBe("United Kingdom");
        claims.TryGetProperty("phone_number", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_audience_can_be_a_string()
    {
        await using var lab = await Lab.StartApprovingAsync(options => options.AudienceAsArray = false);

        using var json = JsonDocument.Parse(Base64UrlEncoder.Decode((await lab.SignInAsync()).IdToken.EncodedPayload));

        json.RootElement.GetProperty("aud").GetString().ShouldBe(The.ClientId);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task It_is_signed_with_a_published_key(string algorithm)
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.IdTokenSignedResponseAlg = algorithm);

        var token = (await lab.SignInAsync()).IdToken;

        token.Alg.ShouldBe(algorithm);
        (await lab.IsSignedWithAPublishedKeyAsync(token)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("tooshort")]
    [InlineData("a secret with diacritics: łódź åéî")]
    [InlineData("a secret that is longer than the block of the hash function, which is sixty-four bytes")]
    public async Task HS256_is_a_plain_HMAC_over_the_client_secret(string secret)
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.ClientSecret = secret);
        lab.Emulator.Clients[The.ClientId].IdTokenSignedResponseAlg = SigningAlgorithms.HS256;

        var parts = lab.Emulator.IssueIdToken(The.ClientId, Personas.Alice).Split('.');

        parts[2].ShouldBe(Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"))));
    }

    [Fact]
    public async Task An_unsigned_one_has_no_signature_and_no_hash()
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.IdTokenSignedResponseAlg = SigningAlgorithms.None);

        var token = (await lab.SignInAsync()).IdToken;

        token.Alg.ShouldBe("none");
        token.EncodedSignature.ShouldBeEmpty();
        token.TryGetPayloadValue<string>("at_hash", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task It_carries_the_hash_of_the_access_token()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var reply = await lab.SignInAsync();

        reply.IdToken.GetPayloadValue<string>("at_hash").ShouldBe(Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(reply.AccessToken))[..16]));
    }

    [Fact]
    public async Task One_can_be_issued_without_a_sign_in_and_changed_before_it_is_signed()
    {
        await using var lab = await Lab.StartAsync();

        var token = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(lab.Emulator.IssueIdToken(The.ClientId, Personas.Lucja, draft => draft.Payload["iss"] = "https://evil.example.test/"));

        token.Issuer.ShouldBe("https://evil.example.test/");
        token.GetPayloadValue<string>("name").ShouldBe("Łucja Ångström-Nowak");
        Should.Throw<KeyNotFoundException>(() => lab.Emulator.IssueIdToken("nobody", Personas.Alice));
    }
}
