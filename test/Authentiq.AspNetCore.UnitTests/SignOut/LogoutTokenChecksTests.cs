using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class LogoutTokenChecksTests
{
    private const string Rest = """ "iss":"i","iat":1900000000,"exp":1900000120,"jti":"j","events":{"http://schemas.openid.net/event/backchannel-logout":{}} """;

    [Theory]
    [InlineData(""" "sub":"alice","sub":"bob", """)]
    [InlineData(""" "nonce":null,"sub":"alice", """)]
    [InlineData(""" "sub":null, """)]
    [InlineData(""" "sub":"alice","sid":null, """)]
    [InlineData(""" "sub":"alice","iat":-1, """)]
    [InlineData(""" "sub":"alice","iat":253402300800, """)]
    public void What_a_JSON_library_would_let_through_is_refused(string claims) => Should.Throw<LogoutRefusedException>(() => Read(claims));

    [Fact]
    public void A_token_contains_the_user_the_session_and_the_time()
    {
        Read(""" "sub":"alice","sid":"s", """).ShouldBe(new("i", "alice", "s", "j", DateTimeOffset.FromUnixTimeSeconds(1_900_000_000)));
        Read(""" "sid":"s", """).SubjectId.ShouldBeNull();
    }

    [Fact]
    public void The_text_of_a_logout_token_does_not_contain_its_claims() => Read(""" "sub":"alice","sid":"s", """).ToString().ShouldBe("LogoutToken");

    private static LogoutToken Read(string claims)
    {
        var payload = "{" + claims + (claims.Contains("\"iat\"", StringComparison.Ordinal) ? Rest.Replace("\"iat\":1900000000,", "", StringComparison.Ordinal) : Rest) + "}";
        return LogoutTokenChecks.Read(
            new JsonWebToken($"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"logout+jwt"}""")}.{Base64UrlEncoder.Encode(payload)}."),
            new AuthentiqOptions { TimeProvider = TimeProvider.System });
    }
}
