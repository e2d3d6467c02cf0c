using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class DiscoveryTests
{
    [Theory]
    [InlineData("issuer", "https://connect.authentiq.io/")]
    [InlineData("authorization_endpoint", "https://connect.authentiq.io/authorize")]
    [InlineData("token_endpoint", "https://connect.authentiq.io/token")]
    [InlineData("userinfo_endpoint", "https://connect.authentiq.io/userinfo")]
    [InlineData("jwks_uri", "https://connect.authentiq.io/public-keys")]
    [InlineData("end_session_endpoint", "https://connect.authentiq.io/end_session")]
    public async Task The_metadata_has_the_providers_addresses(string name, string address)
    {
        await using var lab = await Lab.StartAsync();

        (await lab.GetAsync(".well-known/openid-configuration")).Text(name).ShouldBe(address);
    }

    [Theory]
    [InlineData("response_types_supported", "code token id_token")]
    [InlineData("response_modes_supported", "form_post")]
    [InlineData("code_challenge_methods_supported", "S256")]
    [InlineData("id_token_signing_alg_values_supported", "HS256")]
    [InlineData("token_endpoint_auth_methods_supported", "client_secret_basic")]
    [InlineData("scopes_supported", "aq:location")]
    [InlineData("claims_supported", "phone_number_verified")]
    public async Task The_metadata_announces_the_supported_values(string name, string value)
    {
        await using var lab = await Lab.StartAsync();

        (await lab.GetAsync(".well-known/openid-configuration")).Body.GetProperty(name).EnumerateArray().Select(item => item.GetString()).ShouldContain(value);
    }

    [Fact]
    public async Task The_metadata_announces_existing_endpoints_only()
    {
        await using var lab = await Lab.StartAsync();

        var metadata = (await lab.GetAsync(".well-known/openid-configuration")).Body;

        metadata.TryGetProperty("registration_endpoint", out _).ShouldBeFalse();
        metadata.TryGetProperty("authorization_response_iss_parameter_supported", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_issuer_parameter_is_announced_and_sent_if_it_is_enabled()
    {
        await using var lab = await Lab.StartApprovingAsync(options => options.IssuerParameter = true);

        (await lab.GetAsync(".well-known/openid-configuration")).Body.GetProperty("authorization_response_iss_parameter_supported").GetBoolean().ShouldBeTrue();
        (await lab.AuthorizeAsync())["iss"].ShouldBe("https://connect.authentiq.io/");
    }

    [Fact]
    public async Task Public_keys_are_published_and_private_ones_are_not()
    {
        await using var lab = await Lab.StartAsync();

        var document = (await lab.GetAsync("public-keys")).Body;
        var keys = new JsonWebKeySet(document.ToString()).Keys;

        keys.Select(key => key.Alg).ShouldBe(["RS256", "PS256", "ES256"]);
        keys.Select(key => key.Kid).ShouldBeUnique();
        keys.ShouldAllBe(key => !key.HasPrivateKey);
        foreach (var key in document.GetProperty("keys").EnumerateArray())
        {
            key.EnumerateObject().Select(member => member.Name).ShouldBeSubsetOf(["kty", "use", "alg", "kid", "n", "e", "crv", "x", "y"]);
            key.GetProperty("use").ValueKind.ShouldBe(JsonValueKind.String);
        }
    }

    [Fact]
    public async Task After_a_rotation_tokens_have_new_keys_and_old_hints_are_accepted()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var before = (await lab.SignInAsync()).IdToken;

        lab.Emulator.Keys.Rotate();
        var after = (await lab.SignInAsync(("id_token_hint", before.EncodedToken))).IdToken;

        after.Kid.ShouldNotBe(before.Kid);
        (await lab.IsSignedWithAPublishedKeyAsync(after)).ShouldBeTrue();
        (await lab.IsSignedWithAPublishedKeyAsync(before)).ShouldBeFalse();
    }
}
