using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// Validates the claims of a logout token (OIDC Back-Channel Logout 1.0 §2.6), after its signature, issuer, audience and lifetime. A claim must have the type that the specification defines.
/// </summary>
internal static class LogoutTokenChecks
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    // The maximum age of a token without an expiration time. The specification recommends a lifetime of at most two minutes, and providers repeat a failed delivery.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="LogoutRefusedException">It is not a valid logout token.</exception>
    public static LogoutToken Read(JsonWebToken token, AuthentiqOptions options)
    {
        ValidateType(token.Typ);
        using var payload = Parse(token);
        var claims = payload.RootElement;

        ValidateEvents(claims);
        if (claims.TryGetProperty("nonce", out _))
        {
            throw Invalid("it has a nonce, which only an ID token may contain");
        }

        var issuedAt = IssuedAt(claims);
        if (!claims.TryGetProperty("exp", out _) && options.TimeProvider!.GetUtcNow() - issuedAt > MaxAge + options.TokenValidationParameters.ClockSkew)
        {
            throw Invalid("it has no expiration time (exp) and is older than ten minutes");
        }

        var (subject, session) = (Text(claims, "sub"), Text(claims, "sid"));
        return subject is null && session is null
            ? throw Invalid("it identifies neither a user (sub) nor a session (sid)")
            : new(token.Issuer, subject, session, Text(claims, "jti") ?? throw Invalid("it has no identifier (jti)"), issuedAt);
    }

    // RFC 8725 §3.11: a token of another type is not accepted. Providers that are older than the registered type send JWT, or no type.
    private static void ValidateType(string? type)
    {
        if (type is { Length: > 0 } && !type.Equals("logout+jwt", StringComparison.OrdinalIgnoreCase) && !type.Equals("JWT", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid("its type (typ) is not logout+jwt");
        }
    }

    private static JsonDocument Parse(JsonWebToken token)
    {
        try
        {
            return JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), Strict);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw Invalid("a claim occurs twice or cannot be read");
        }
    }

    private static void ValidateEvents(JsonElement claims)
    {
        if (!claims.TryGetProperty("events", out var events) || events.ValueKind is not JsonValueKind.Object
            || !events.TryGetProperty(Event, out var logout) || logout.ValueKind is not JsonValueKind.Object)
        {
            throw Invalid("it does not contain the logout event (events)");
        }
    }

    private static DateTimeOffset IssuedAt(JsonElement claims) =>
        claims.TryGetProperty("iat", out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : throw Invalid("it has no issue time (iat)");

    // A claim of another type, or an empty one, is refused and not ignored: the session that it identifies would otherwise remain valid.
    private static string? Text(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out var value) ? null
        : value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
        : throw Invalid($"its {name} is empty or not a string");

    private static LogoutRefusedException Invalid(string reason) => new("the logout token is invalid: " + reason);
}
