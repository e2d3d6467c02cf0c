using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.AspNetCore;

/// <summary>Maps data of the provider to claims.</summary>
internal static class ClaimMappings
{
    // Claims of the protocol, which have been validated. In a cookie they only take space.
    private static readonly string[] ProtocolClaims = ["nonce", "aud", "azp", "iss", "iat", "nbf", "exp", "jti", "at_hash", "c_hash"];

    private static readonly string[] UserInfoClaims =
    [
        AuthentiqClaimTypes.Name, AuthentiqClaimTypes.GivenName, AuthentiqClaimTypes.FamilyName, AuthentiqClaimTypes.MiddleName, AuthentiqClaimTypes.Nickname,
        AuthentiqClaimTypes.PreferredUsername, AuthentiqClaimTypes.Email, AuthentiqClaimTypes.EmailVerified, AuthentiqClaimTypes.PhoneNumber,
        AuthentiqClaimTypes.PhoneNumberVerified, AuthentiqClaimTypes.PhoneType, AuthentiqClaimTypes.Address, AuthentiqClaimTypes.Locale, AuthentiqClaimTypes.ZoneInfo,
        AuthentiqClaimTypes.Location,
    ];

    public static void RemoveProtocolClaims(ClaimActionCollection actions) => actions.DeleteClaims(ProtocolClaims);

    /// <summary>Adds claims of the userinfo response that the ID token does not contain. Claims of the ID token are not replaced, because it is signed.</summary>
    public static void Add(JsonElement userInfo, ClaimsIdentity identity)
    {
        var issuer = identity.FindFirst(AuthentiqClaimTypes.Subject)?.Issuer ?? ClaimsIdentity.DefaultIssuer;
        var claims = UserInfoClaims.Select(type => userInfo.TryGetProperty(type, out var value) ? ToClaim(type, value, issuer) : null).OfType<Claim>();
        MissingClaims.Add([.. claims], identity);
    }

    // The same format as in an ID token: objects stay JSON, booleans are 'true' and 'false'.
    private static Claim? ToClaim(string type, JsonElement value, string issuer) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 0 } text => new Claim(type, text, ClaimValueTypes.String, issuer),
        JsonValueKind.True => new Claim(type, "true", ClaimValueTypes.Boolean, issuer),
        JsonValueKind.False => new Claim(type, "false", ClaimValueTypes.Boolean, issuer),
        JsonValueKind.Number => new Claim(type, value.GetRawText(), ClaimValueTypes.Double, issuer),
        JsonValueKind.Object => new Claim(type, value.GetRawText(), JsonClaimValueTypes.Json, issuer),
        JsonValueKind.Array => new Claim(type, value.GetRawText(), JsonClaimValueTypes.JsonArray, issuer),
        _ => null,
    };
}
