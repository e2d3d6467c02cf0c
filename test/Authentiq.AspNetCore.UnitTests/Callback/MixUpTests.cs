using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>RFC 9207: the response of one provider is not sent to another.</summary>
public sealed class MixUpTests
{
    private const string Issuer = "https://provider.example/";

    [Theory]
    [InlineData(Issuer, true)]
    [InlineData(Issuer, false)]
    [InlineData(null, false)]
    public void A_response_of_this_provider_is_accepted(string? issuer, bool isPromised) => Validate(issuer, isPromised).ShouldBeNull();

    [Theory]
    [InlineData("https://evil.example/", true)]
    [InlineData("https://evil.example/", false)]
    [InlineData("https://provider.example", false)]
    [InlineData(null, true)]
    public void A_response_without_the_issuer_of_the_provider_is_refused(string? issuer, bool isPromised) => Validate(issuer, isPromised)!.Error.ShouldBe(AuthentiqErrors.InvalidResponse);

    private static SignInFailure? Validate(string? issuer, bool isPromised) => AuthorizationResponse.ValidateIssuer(
        new OpenIdConnectMessage { Code = "a-code", Iss = issuer }, new OpenIdConnectConfiguration { Issuer = Issuer, AuthorizationResponseIssParameterSupported = isPromised });
}
