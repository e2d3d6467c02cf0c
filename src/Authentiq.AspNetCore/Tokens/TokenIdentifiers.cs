using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// Validates the identifiers of a token as they were signed. The token libraries convert numbers to text, accept duplicate members, and ignore a trailing slash, so that a different identifier could be
/// accepted.
/// </summary>
internal static class TokenIdentifiers
{
    private const string ClientIdClaim = "client_id";

    // Identifiers that must be a single string. The audience can also be an array.
    private static readonly string[] Texts =
        [JwtRegisteredClaimNames.Iss, JwtRegisteredClaimNames.Sub, JwtRegisteredClaimNames.Azp, JwtRegisteredClaimNames.Sid, ClientIdClaim];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Returns why an identifier of a token is invalid, or <see langword="null"/>. The signature and the lifetime are validated separately.</summary>
    public static TokenException? Validate(JsonWebToken token, TokenUse use, string issuer, string clientId)
    {
        try
        {
            var payload = JsonElement.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), Strict);
            return payload.ValueKind is JsonValueKind.Object ? Validate(payload, use, issuer, clientId) : new("it contains no claims");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return new("a claim occurs twice or cannot be read");
        }
    }

    private static TokenException? Validate(JsonElement claims, TokenUse use, string issuer, string clientId)
    {
        if (Array.Find(Texts, name => claims.TryGetProperty(name, out var value) && !IsText(value)) is { } name)
        {
            return new($"its {name} is empty or not a string");
        }

        if (Text(claims, JwtRegisteredClaimNames.Iss) != issuer)
        {
            return new("its issuer differs from the issuer in the provider's metadata");
        }

        return Audiences(claims) is not { } audiences ? new("its audience (aud) is missing or not a string")
            : use is TokenUse.AccessToken ? ValidateClient(claims, audiences, clientId)
            : audiences.Contains(clientId, StringComparer.Ordinal) ? null
            : new("it was issued for another client (aud)");
    }

    // The audience of an access token may be an endpoint of the provider; the token then names its client. A token for this client that was issued to another client is refused.
    private static TokenException? ValidateClient(JsonElement claims, List<string> audiences, string clientId)
    {
        var named = new[] { Text(claims, JwtRegisteredClaimNames.Azp), Text(claims, ClientIdClaim) }.OfType<string>().ToList();
        return named.TrueForAll(client => client == clientId) && (named.Count > 0 || audiences.Contains(clientId, StringComparer.Ordinal)) ? null : new("it was issued to another client (azp or client_id)");
    }

    private static List<string>? Audiences(JsonElement claims) =>
        !claims.TryGetProperty(JwtRegisteredClaimNames.Aud, out var value) ? null
        : IsText(value) ? [value.GetString()!]
        : value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsText) ? [.. value.EnumerateArray().Select(audience => audience.GetString()!)]
        : null;

    private static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool IsText(JsonElement value) => value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 };
}
