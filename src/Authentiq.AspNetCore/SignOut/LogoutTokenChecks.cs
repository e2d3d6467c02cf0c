using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// What a logout token must say (OIDC Back-Channel Logout 1.0 §2.6), after its signature, issuer, audience and lifetime are known to be good. Each member is read with its type:
/// what is not as the specification has it is not there.
/// </summary>
internal static class LogoutTokenChecks
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    // A token without an end of its own. The specification recommends at most two minutes; providers repeat a delivery that failed.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="LogoutRefusedException">It is not a logout token, or not one that may be acted on.</exception>
    public static LogoutToken Read(JsonWebToken token, AuthentiqOptions options)
    {
        ValidateType(token.Typ);
        using var payload = Parse(token);
        var claims = payload.RootElement;

        ValidateEvents(claims);
        if (claims.TryGetProperty("nonce", out _))
        {
            throw Wrong("it has a nonce, as only an ID token may");
        }

        var issuedAt = IssuedAt(claims);
        if (!claims.TryGetProperty("exp", out _) && options.TimeProvider!.GetUtcNow() - issuedAt > MaxAge + options.TokenValidationParameters.ClockSkew)
        {
            throw Wrong("it does not say when it expires, and is older than ten minutes");
        }

        var (subject, session) = (Text(claims, "sub"), Text(claims, "sid"));
        return subject is null && session is null
            ? throw Wrong("it names neither a person (sub) nor a session (sid)")
            : new(token.Issuer, subject, session, Text(claims, "jti") ?? throw Wrong("it has no jti to tell it from others"), issuedAt);
    }

    // RFC 8725 §3.11: a token of another kind is not taken for this one. Providers older than the registered type say JWT, or nothing.
    private static void ValidateType(string? type)
    {
        if (type is { Length: > 0 } && !type.Equals("logout+jwt", StringComparison.OrdinalIgnoreCase) && !type.Equals("JWT", StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong("its type (typ) is another one than logout+jwt");
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
            throw Wrong("a claim occurs twice, or it cannot be read");
        }
    }

    private static void ValidateEvents(JsonElement claims)
    {
        if (!claims.TryGetProperty("events", out var events) || events.ValueKind is not JsonValueKind.Object
            || !events.TryGetProperty(Event, out var logout) || logout.ValueKind is not JsonValueKind.Object)
        {
            throw Wrong("it does not announce a logout (events)");
        }
    }

    private static DateTimeOffset IssuedAt(JsonElement claims) =>
        claims.TryGetProperty("iat", out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : throw Wrong("it does not say when it was issued (iat)");

    // A member of another type, or an empty one, is refused rather than passed over: what it should have ended would go on.
    private static string? Text(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out var value) ? null
        : value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
        : throw Wrong($"its {name} is empty, or no text");

    private static LogoutRefusedException Wrong(string what) => new("the logout token is refused: " + what);
}
