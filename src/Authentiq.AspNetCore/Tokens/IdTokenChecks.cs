using System.Globalization;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Cryptography;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>What an ID token must say about this very sign-in (OpenID Connect Core 1.0 §3.1.3.7), after its signature, issuer, audience and lifetime are known to be good.</summary>
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
    /// A hybrid flow's second ID token, which is checked like the first and must be about the same person at the same provider (§3.3.3.6). There is nothing to say about it when there was one only.
    /// </summary>
    public static SignInFailure? ValidateSecond(JwtSecurityToken? first, JwtSecurityToken second, SignInAttempt attempt, AuthentiqOptions options) =>
        first is null || ReferenceEquals(first, second) ? null
        : first.Issuer != second.Issuer || first.Subject != second.Subject ? Wrong("it identifies another user than the one that came through the browser")
        : Validate(second, attempt, options);

    private static SignInFailure? ValidateSubject(JwtSecurityToken token) =>
        token.Subject is { Length: > 0 and <= 255 } ? null : Wrong("it does not identify a user (sub)");

    private static SignInFailure? ValidateNonce(JwtSecurityToken token, string? nonce) =>
        nonce is { Length: > 0 } && token.Payload.Nonce is { } answered && FixedTimeEquals(nonce, answered) ? null : Wrong("its nonce is not that of this sign-in");

    // Several audiences make the token somebody else's too; then it must say that it was issued to us.
    private static SignInFailure? ValidateAuthorizedParty(JwtSecurityToken token, string clientId) => (token.Payload.Azp, token.Payload.Aud.Count) switch
    {
        (null, <= 1) => null,
        (null, _) => Wrong("it has several audiences and no azp"),
        (var azp, _) => azp == clientId ? null : Wrong("it was issued to another client (azp)"),
    };

    private static SignInFailure? ValidateIssueTime(JwtSecurityToken token) => Seconds(token, "iat") is null ? Wrong("it has no iat") : null;

    private static SignInFailure? ValidateAuthenticationTime(JwtSecurityToken token, TimeSpan? maxAge, AuthentiqOptions options)
    {
        if (maxAge is not { } limit)
        {
            return null;
        }

        // Compared as seconds: a value far out of range cannot overflow a date. One in milliseconds would make any age pass.
        var now = options.TimeProvider!.GetUtcNow().ToUnixTimeSeconds();
        var skew = options.TokenValidationParameters.ClockSkew.TotalSeconds;
        return Seconds(token, AuthentiqClaimTypes.AuthenticationTime) switch
        {
            null => Wrong("max_age was requested, and it has no auth_time"),
            var time when time > now + skew => Wrong("its auth_time is in the future"),
            var time => time >= now - limit.TotalSeconds - skew ? null : Wrong("its auth_time is older than max_age allows"),
        };
    }

    private static double? Seconds(JwtSecurityToken token, string claim) =>
        token.Payload.TryGetValue(claim, out var value)
        && double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && double.IsFinite(seconds)
            ? seconds
            : null;

    private static bool FixedTimeEquals(string left, string right) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private static SignInFailure Wrong(string what) => new(AuthentiqErrors.InvalidToken, "the ID token is refused: " + what);
}
