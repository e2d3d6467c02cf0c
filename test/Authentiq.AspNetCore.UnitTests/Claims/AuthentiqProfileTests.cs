using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class AuthentiqProfileTests
{
    [Fact]
    public void A_profile_contains_the_claims()
    {
        var profile = Person(
            ("sub", "1"), ("name", "Alice"), ("email", "alice@example.test"), ("email_verified", "true"), ("scope", "openid email"),
            ("address", """{"locality":"Utrecht"}"""), ("aq:location", """{"latitude":52.1,"address":{"country":"NL"}}""")).GetAuthentiqProfile()!;

        profile.Name.ShouldBe("Alice");
        profile.EmailVerified.ShouldBeTrue();
        profile.PhoneNumberVerified.ShouldBeFalse();
        profile.Address!.Locality.ShouldBe("Utrecht");
        profile.Location!.Latitude.ShouldBe(52.1);
        profile.Location.Address!.Country.ShouldBe("NL");
        profile.GrantedScopes.ShouldBe(["openid", "email"], ignoreOrder: true);
    }

    [Fact]
    public void A_claim_that_cannot_be_read_is_left_out() => Person(("sub", "1"), ("address", "no JSON")).GetAuthentiqProfile()!.Address.ShouldBeNull();

    [Fact]
    public void An_anonymous_user_has_no_profile()
    {
        new ClaimsPrincipal(new CaseSensitiveClaimsIdentity()).GetAuthentiqProfile().ShouldBeNull();
        Person(("name", "Alice")).GetAuthentiqProfile().ShouldBeNull();
    }

    private static ClaimsPrincipal Person(params (string Type, string Value)[] claims) =>
        new(new CaseSensitiveClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), "Authentiq"));
}
