using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore;

/// <summary>The start of a session: what binds it to the provider's session, and whether a logout has overtaken the sign-in.</summary>
internal static class SessionStart
{
    /// <summary>Binds a session to a validated ID token, and to the one that came through the browser before it (hybrid flow).</summary>
    public static SessionBinding Of(JwtSecurityToken idToken, JwtSecurityToken? browserIdToken, AuthentiqOptions options, DateTimeOffset beganAt)
    {
        var sessionId = SessionId(idToken) ?? (browserIdToken is null ? null : SessionId(browserIdToken));

        // The first time that the provider vouched for the user: a logout between the two tokens ends the session.
        var issuedAt = browserIdToken is not null && browserIdToken.IssuedAt < idToken.IssuedAt ? browserIdToken.IssuedAt : idToken.IssuedAt;
        return Create(idToken.Issuer, options.ClientId!, idToken.Subject, sessionId, new DateTimeOffset(issuedAt), beganAt);
    }

    /// <summary>
    /// Without an ID token, the time of the sign-in is that of our own clock, and the issuer is that of the provider's metadata. The provider's clock may be behind by <c>ClockSkew</c>: a logout
    /// after the sign-in must not appear to be older.
    /// </summary>
    public static SessionBinding? Of(ClaimsPrincipal? user, string issuer, AuthentiqOptions options, DateTimeOffset beganAt) =>
        user?.FindFirst(JwtRegisteredClaimNames.Sub)?.Value is { Length: > 0 } subject
            ? Create(issuer, options.ClientId!, subject, user.FindFirst(JwtRegisteredClaimNames.Sid)?.Value, beganAt - options.TokenValidationParameters.ClockSkew, beganAt)
            : null;

    /// <summary>Validates that the <c>sid</c> of an ID token, if it has one, is text. A session whose <c>sid</c> is ignored could not be ended by it.</summary>
    public static SignInFailure? ValidateSessionId(JwtSecurityToken idToken) =>
        idToken.Payload.GetValueOrDefault(JwtRegisteredClaimNames.Sid) is null or string { Length: > 0 } ? null : new(AuthentiqErrors.InvalidToken, "the ID token is refused: its sid is empty, or not a string");

    /// <summary>Validates that the two ID tokens of a hybrid flow do not name different sessions: a logout could end only one of them.</summary>
    public static SignInFailure? ValidateSecond(JwtSecurityToken? browserIdToken, JwtSecurityToken idToken) =>
        browserIdToken is not null && SessionId(browserIdToken) is { } first && SessionId(idToken) is { } second && first != second
            ? new(AuthentiqErrors.InvalidToken, "the ID token is refused: it names another session (sid) than the one that came through the browser")
            : null;

    /// <summary>Validates that the provider has not signed the user out while the sign-in was under way.</summary>
    public static async Task<SignInFailure?> ValidateAsync(TicketReceivedContext context)
    {
        if (context.Properties is null || SessionBinding.ReadFrom(context.Properties) is not { } facts)
        {
            return null;
        }

        try
        {
            return await context.HttpContext.RequestServices.GetRequiredService<RevocationChecker>().IsEndedAsync(facts, context.HttpContext.RequestAborted)
                || (SignInFlight.Of(context.Properties) is { IsShared: true } && await context.HttpContext.RequestServices.GetRequiredService<RecentSignOuts>().IsMarkedAsync(facts, context.HttpContext.RequestAborted))
                ? new(AuthentiqErrors.SignedOut, "the provider ended the session while the sign-in was under way")
                : null;
        }
        catch (AuthentiqStoreException)
        {
            // The next request checks again before it authenticates the user.
            return null;
        }
    }

    private static SessionBinding Create(string issuer, string clientId, string subject, string? sessionId, DateTimeOffset issuedAt, DateTimeOffset beganAt) => new(
        SessionBinding.KeyOfSubject(issuer, clientId, subject),
        string.IsNullOrEmpty(sessionId) ? SessionBinding.KeyWithoutSessionId(issuer, clientId, subject) : SessionBinding.KeyOfSessionId(issuer, clientId, sessionId),
        issuedAt,
        beganAt);

    private static string? SessionId(JwtSecurityToken idToken) => idToken.Payload.GetValueOrDefault(JwtRegisteredClaimNames.Sid) as string;
}
