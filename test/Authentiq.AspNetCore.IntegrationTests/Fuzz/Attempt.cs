using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A sign-in that a browser has started, and the correct responses of the provider. All of its secrets contain <see cref="SecretGuard.Mark"/>.</summary>
internal sealed class Attempt
{
    private readonly string _nonce;
    private readonly string _codeChallenge;
    private readonly DateTimeOffset _now;

    public Attempt(Shape shape, int number, DateTimeOffset now, Uri authorizationRequest, IReadOnlyList<string> cookies)
    {
        var request = QueryHelpers.ParseQuery(authorizationRequest.Query);
        (Shape, Cookies, State, _now) = (shape, cookies, request["state"].ToString(), now);
        (_nonce, _codeChallenge) = (request["nonce"].ToString(), request.GetValueOrDefault("code_challenge").ToString());
        Subject = $"sub-{SecretGuard.Mark}-{number}";
        Code = $"code-{SecretGuard.Mark}-{number}";
        AccessToken = shape.ResponseType is "token" ? CreateAccessToken(number).Sign() : $"access-{SecretGuard.Mark}-{number}";
        TokenResponse = new(CreateTokenResponse().ToString());
        UserInfoResponse = new(CreateUserInfo().ToString());
    }

    public Shape Shape { get; }

    public IReadOnlyList<string> Cookies { get; }

    public string State { get; }

    public string Subject { get; }

    public string Code { get; }

    public string AccessToken { get; }

    public BackchannelResponse TokenResponse { get; set; }

    public BackchannelResponse UserInfoResponse { get; set; }

    /// <summary>Whether a redemption gets the tokens of this sign-in. If there is an ID token, the provider does not validate PKCE, so that the nonce must be validated.</summary>
    public bool MayRedeem(string verifier) =>
        Shape.HasOpenId || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == _codeChallenge;

    public Jwt CreateIdToken(bool throughBrowser)
    {
        var token = CreateToken().SetText("nonce", _nonce).SetText("sid", $"sid-{SecretGuard.Mark}").SetText("name", "Alice Smith")
            .SetText("email", "alice@example.test").Set("email_verified", "true").Set("auth_time", Seconds(_now.AddSeconds(-10)));
        if (!throughBrowser || Shape.Brings("token"))
        {
            token.SetText("at_hash", Jwt.HalfHash(AccessToken));
        }

        if (throughBrowser && Shape.Brings("code"))
        {
            token.SetText("c_hash", Jwt.HalfHash(Code));
        }

        return new(token);
    }

    public JsonText CreateTokenResponse(string? idToken = null)
    {
        var response = new JsonText().SetText("access_token", AccessToken).SetText("token_type", "Bearer").Set("expires_in", "3600")
            .SetText("scope", "openid aq:name email").SetText("refresh_token", "refresh-" + SecretGuard.Mark);
        return Shape.HasOpenId ? response.SetText("id_token", idToken ?? CreateIdToken(throughBrowser: false).Sign()) : response;
    }

    public JsonText CreateUserInfo() => new JsonText().SetText("sub", Subject).SetText("name", "Alice Smith").SetText("email", "alice@example.test")
        .Set("email_verified", "true").SetText("phone_number", "+31 20 123").Set("address", """{"formatted":"Somewhere 1"}""").Set("aq:location", """{"lat":1.5}""");

    public Jwt CreateSignedUserInfo() => new(CreateToken().SetText("name", "Alice Smith").SetText("email", "alice@example.test").Set("email_verified", "true"));

    private Jwt CreateAccessToken(int number) => new(CreateToken().SetText("jti", $"{SecretGuard.Mark}-{number}").SetText("scope", "aq:name email"));

    private JsonText CreateToken() => new JsonText().SetText("iss", ScriptedProvider.Issuer).SetText("sub", Subject).SetText("aud", ScriptedProvider.ClientId)
        .Set("iat", Seconds(_now)).Set("exp", Seconds(_now.AddHours(1)));

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
