using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore;

/// <summary>The beginning of a session: what it must know of it, and whether a logout has overtaken it.</summary>
internal static class SessionStart
{
    /// <summary>By the ID token that the session begins with.</summary>
    public static SessionFacts Of(JwtSecurityToken idToken, AuthentiqOptions options, DateTimeOffset beganAt) =>
        new(SessionFacts.KeyOfSubject(options, idToken.Subject), SessionIdKey(options, idToken.Payload.GetValueOrDefault(JwtRegisteredClaimNames.Sid) as string), new DateTimeOffset(idToken.IssuedAt), beganAt);

    /// <summary>Without an ID token there is only our own clock to say when the provider vouched for the person.</summary>
    public static SessionFacts? Of(ClaimsPrincipal? person, AuthentiqOptions options, DateTimeOffset beganAt) =>
        person?.FindFirst(JwtRegisteredClaimNames.Sub)?.Value is { Length: > 0 } subject
            ? new(SessionFacts.KeyOfSubject(options, subject), SessionIdKey(options, person.FindFirst(JwtRegisteredClaimNames.Sid)?.Value), beganAt, beganAt)
            : null;

    /// <summary>Says that the provider has signed the person out while the sign-in was under way, or <see langword="null"/>.</summary>
    public static async Task<SignInException?> RefuseAsync(TicketReceivedContext context)
    {
        if (context.Properties is null || SessionFacts.Of(context.Properties) is not { } facts)
        {
            return null;
        }

        try
        {
            return await context.HttpContext.RequestServices.GetRequiredService<SessionCheck>().IsEndedAsync(facts, context.HttpContext.RequestAborted)
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

    private static string? SessionIdKey(AuthentiqOptions options, string? sessionId) => string.IsNullOrEmpty(sessionId) ? null : SessionFacts.KeyOfSessionId(options, sessionId);
}
