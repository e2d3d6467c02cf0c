using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// Reads the identifiers of a token as they were signed. The token libraries turn numbers into text, take one of two members of the same name, and forgive a slash: an identifier of another is then
/// taken for ours.
/// </summary>
internal static class TokenIdentifiers
{
    private const string ClientIdClaim = "client_id";

    // A single audience or a list of them, the others always one text.
    private static readonly string[] Texts =
        [JwtRegisteredClaimNames.Iss, JwtRegisteredClaimNames.Sub, JwtRegisteredClaimNames.Azp, JwtRegisteredClaimNames.Sid, ClientIdClaim];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>What is wrong with the identifiers of a token, or <see langword="null"/>. Its signature and its lifetime are checked elsewhere.</summary>
    public static TokenException? Validate(JsonWebToken token, TokenUse use, string issuer, string clientId)
    {
        try
        {
            var payload = JsonElement.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), Strict);
            return payload.ValueKind is JsonValueKind.Object ? Validate(payload, use, issuer, clientId) : new("it holds no claims");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return new("a claim occurs twice, or it cannot be read");
        }
    }

    private static TokenException? Validate(JsonElement claims, TokenUse use, string issuer, string clientId)
    {
        if (Array.Find(Texts, name => claims.TryGetProperty(name, out var value) && !IsText(value)) is { } name)
        {
            return new($"its {name} is empty, or no text");
        }

        if (Text(claims, JwtRegisteredClaimNames.Iss) != issuer)
        {
            return new("its issuer is another one than the provider's metadata names");
        }

        return Audiences(claims) is not { } audiences ? new("its audience (aud) is missing, or no text")
            : use is TokenUse.AccessToken ? ValidateClient(claims, audiences, clientId)
            : audiences.Contains(clientId, StringComparer.Ordinal) ? null
            : new("it is meant for another client");
    }

    // An access token may be meant for the provider's own endpoints; it then names its client. One that is meant for this client and was issued to another is refused.
    private static TokenException? ValidateClient(JsonElement claims, List<string> audiences, string clientId)
    {
        var named = new[] { Text(claims, JwtRegisteredClaimNames.Azp), Text(claims, ClientIdClaim) }.OfType<string>().ToList();
        return named.TrueForAll(client => client == clientId) && (named.Count > 0 || audiences.Contains(clientId, StringComparer.Ordinal)) ? null : new("it was issued to another client");
    }

    private static List<string>? Audiences(JsonElement claims) =>
        !claims.TryGetProperty(JwtRegisteredClaimNames.Aud, out var value) ? null
        : IsText(value) ? [value.GetString()!]
        : value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsText) ? [.. value.EnumerateArray().Select(audience => audience.GetString()!)]
        : null;

    private static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool IsText(JsonElement value) => value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 };
}
