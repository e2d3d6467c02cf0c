using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.AspNetCore;

/// <summary>How what the provider says becomes claims.</summary>
internal static class ClaimMappings
{
    // They serve the protocol and are checked before; in a cookie they only take room.
    private static readonly string[] ProtocolClaims = ["nonce", "aud", "azp", "iss", "iat", "nbf", "exp", "jti", "at_hash", "c_hash"];

    private static readonly string[] UserInfoClaims =
    [
        AuthentiqClaimTypes.Name, AuthentiqClaimTypes.GivenName, AuthentiqClaimTypes.FamilyName, AuthentiqClaimTypes.MiddleName, AuthentiqClaimTypes.Nickname,
        AuthentiqClaimTypes.PreferredUsername, AuthentiqClaimTypes.Email, AuthentiqClaimTypes.EmailVerified, AuthentiqClaimTypes.PhoneNumber,
        AuthentiqClaimTypes.PhoneNumberVerified, AuthentiqClaimTypes.PhoneType, AuthentiqClaimTypes.Address, AuthentiqClaimTypes.Locale, AuthentiqClaimTypes.ZoneInfo,
        AuthentiqClaimTypes.Location,
    ];

    public static void RemoveProtocolClaims(ClaimActionCollection actions) => actions.DeleteClaims(ProtocolClaims);

    /// <summary>Adds what the userinfo response says on top of the ID token. What the ID token says stands: it is signed.</summary>
    public static void Add(JsonElement userInfo, ClaimsIdentity identity)
    {
        var issuer = identity.FindFirst(AuthentiqClaimTypes.Subject)?.Issuer ?? ClaimsIdentity.DefaultIssuer;
        var claims = UserInfoClaims.Select(type => userInfo.TryGetProperty(type, out var value) ? ToClaim(type, value, issuer) : null).OfType<Claim>();
        MissingClaims.Add([.. claims], identity);
    }

    // The same forms as in an ID token: objects stay JSON, booleans are 'true' and 'false'.
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
