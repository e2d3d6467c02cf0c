using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore;

/// <summary>The beginning of a session: what it must know of it, and whether a logout has overtaken it.</summary>
internal static class SessionStart
{
    /// <summary>By the ID token that the sign-in goes by, and the one that came through the browser before it (hybrid flow).</summary>
    /// <exception cref="SignInException">The <c>sid</c> of a token is malformed.</exception>
    public static SessionBinding Of(JwtSecurityToken idToken, JwtSecurityToken? browserIdToken, AuthentiqOptions options, DateTimeOffset beganAt)
    {
        var sessionId = SessionId(idToken) ?? (browserIdToken is null ? null : SessionId(browserIdToken));

        // The first time that the provider vouched for the user: a logout between the two tokens ends the session.
        var issuedAt = browserIdToken is not null && browserIdToken.IssuedAt < idToken.IssuedAt ? browserIdToken.IssuedAt : idToken.IssuedAt;
        return Create(idToken.Issuer, options.ClientId!, idToken.Subject, sessionId, new DateTimeOffset(issuedAt), beganAt);
    }

    /// <summary>
    /// Without an ID token our own clock says when the provider vouched for the user, and the provider's metadata says which provider it is. The provider's clock may be behind by <c>ClockSkew</c>: a logout
    /// after the sign-in must not appear to be older.
    /// </summary>
    public static SessionBinding? Of(ClaimsPrincipal? user, string issuer, AuthentiqOptions options, DateTimeOffset beganAt) =>
        user?.FindFirst(JwtRegisteredClaimNames.Sub)?.Value is { Length: > 0 } subject
            ? Create(issuer, options.ClientId!, subject, user.FindFirst(JwtRegisteredClaimNames.Sid)?.Value, beganAt - options.TokenValidationParameters.ClockSkew, beganAt)
            : null;

    /// <summary>The two ID tokens of a hybrid flow must not name different sessions: a logout could end only one of them. <see langword="null"/> when they do not.</summary>
    public static SignInException? RefuseSecond(JwtSecurityToken? browserIdToken, JwtSecurityToken idToken) =>
        browserIdToken is not null && SessionId(browserIdToken) is { } first && SessionId(idToken) is { } second && first != second
            ? new(AuthentiqErrors.InvalidToken, "the ID token is refused: it names another session (sid) than the one that came through the browser")
            : null;

    /// <summary>Says that the provider has signed the person out while the sign-in was under way, or <see langword="null"/>.</summary>
    public static async Task<SignInException?> RefuseAsync(TicketReceivedContext context)
    {
        if (context.Properties is null || SessionBinding.Of(context.Properties) is not { } facts)
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
            // The next request asks again, before anybody is let in.
            return null;
        }
    }

    private static SessionBinding Create(string issuer, string clientId, string subject, string? sessionId, DateTimeOffset issuedAt, DateTimeOffset beganAt) => new(
        SessionBinding.KeyOfSubject(issuer, clientId, subject),
        string.IsNullOrEmpty(sessionId) ? SessionBinding.KeyWithoutSessionId(issuer, clientId, subject) : SessionBinding.KeyOfSessionId(issuer, clientId, sessionId),
        issuedAt,
        beganAt);

    // One that is malformed is not passed over: the session could then not be ended by it.
    private static string? SessionId(JwtSecurityToken idToken) => idToken.Payload.GetValueOrDefault(JwtRegisteredClaimNames.Sid) switch
    {
        null => null,
        string { Length: > 0 } sessionId => sessionId,
        _ => throw new SignInException(AuthentiqErrors.InvalidToken, "the ID token is refused: its sid is empty, or not a string"),
    };
}
