using System.Globalization;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Cryptography;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>Validates the claims of an ID token for a sign-in (OpenID Connect Core 1.0 §3.1.3.7), after its signature, issuer, audience and lifetime.</summary>
internal static class IdTokenChecks
{
    /// <summary>Validates an ID token of a code flow or implicit flow.</summary>
    public static SignInFailure? Validate(JwtSecurityToken token, SignInAttempt attempt, AuthentiqOptions options) =>
        ValidateSubject(token)
        ?? ValidateNonce(token, attempt.Nonce)
        ?? ValidateAuthorizedParty(token, options.ClientId!)
        ?? ValidateIssueTime(token)
        ?? ValidateAuthenticationTime(token, attempt.MaxAge, options);

    /// <summary>
    /// Validates the second ID token of a hybrid flow, which must identify the same user at the same provider as the first (§3.3.3.6). Returns <see langword="null"/> when there is only one ID token.
    /// </summary>
    public static SignInFailure? ValidateSecond(JwtSecurityToken? first, JwtSecurityToken second, SignInAttempt attempt, AuthentiqOptions options) =>
        first is null || ReferenceEquals(first, second) ? null
        : first.Issuer != second.Issuer || first.Subject != second.Subject ? Invalid("it identifies another user than the ID token of the authorization response")
        : Validate(second, attempt, options);

    private static SignInFailure? ValidateSubject(JwtSecurityToken token) =>
        token.Subject is { Length: > 0 and <= 255 } ? null : Invalid("it does not identify a user (sub)");

    private static SignInFailure? ValidateNonce(JwtSecurityToken token, string? nonce) =>
        nonce is { Length: > 0 } && token.Payload.Nonce is { } received && FixedTimeEquals(nonce, received) ? null : Invalid("its nonce does not match this sign-in");

    // A token with several audiences is also valid for other clients; azp must then name this client.
    private static SignInFailure? ValidateAuthorizedParty(JwtSecurityToken token, string clientId) => (token.Payload.Azp, token.Payload.Aud.Count) switch
    {
        (null, <= 1) => null,
        (null, _) => Invalid("it has several audiences and no azp"),
        (var azp, _) => azp == clientId ? null : Invalid("it was issued to another client (azp)"),
    };

    private static SignInFailure? ValidateIssueTime(JwtSecurityToken token) => Seconds(token, "iat") is null ? Invalid("it has no iat") : null;

    private static SignInFailure? ValidateAuthenticationTime(JwtSecurityToken token, TimeSpan? maxAge, AuthentiqOptions options)
    {
        if (maxAge is not { } limit)
        {
            return null;
        }

        // Compared in seconds, because a value out of range would overflow a date. A value in the future, such as one in milliseconds, would pass any max_age.
        var now = options.TimeProvider!.GetUtcNow().ToUnixTimeSeconds();
        var skew = options.TokenValidationParameters.ClockSkew.TotalSeconds;
        return Seconds(token, AuthentiqClaimTypes.AuthenticationTime) switch
        {
            null => Invalid("max_age was requested, and it has no auth_time"),
            var time when time > now + skew => Invalid("its auth_time is in the future"),
            var time => time >= now - limit.TotalSeconds - skew ? null : Invalid("its auth_time is older than max_age allows"),
        };
    }

    private static double? Seconds(JwtSecurityToken token, string claim) =>
        token.Payload.TryGetValue(claim, out var value)
        && double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && double.IsFinite(seconds)
            ? seconds
            : null;

    private static bool FixedTimeEquals(string left, string right) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private static SignInFailure Invalid(string reason) => new(AuthentiqErrors.InvalidToken, "the ID token is invalid: " + reason);
}
