using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>RFC 9207: an answer of one provider is not taken to another.</summary>
public sealed class MixUpTests
{
    private const string Issuer = "https://provider.example/";

    [Theory]
    [InlineData(Issuer, true)]
    [InlineData(Issuer, false)]
    [InlineData(null, false)]
    public void An_answer_of_this_provider_is_taken(string? issuer, bool isPromised) => Validate(issuer, isPromised).ShouldBeNull();

    [Theory]
    [InlineData("https://evil.example/", true)]
    [InlineData("https://evil.example/", false)]
    [InlineData("https://provider.example", false)]
    [InlineData(null, true)]
    public void An_answer_of_another_or_of_nobody_is_refused(string? issuer, bool isPromised) => Validate(issuer, isPromised)!.Error.ShouldBe(AuthentiqErrors.InvalidResponse);

    private static SignInFailure? Validate(string? issuer, bool isPromised) => AuthorizationResponse.ValidateIssuer(
        new OpenIdConnectMessage { Code = "a-code", Iss = issuer }, new OpenIdConnectConfiguration { Issuer = Issuer, AuthorizationResponseIssParameterSupported = isPromised });
}
