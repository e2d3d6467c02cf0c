using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// An application that signs in the current user again, to change a claim, may not pass the properties of the session on. The facts by which a logout finds the session are then carried over, so that it does
/// not become a session that no logout ends.
/// </summary>
internal static class CarriedFacts
{
    /// <summary>Carries the facts of the session of this request over to the sign-in that replaces it, when both are of the same user.</summary>
    public static async Task CarryOverAsync(CookieSigningInContext context, SessionCheck check, DateTimeOffset now)
    {
        if (!AreMissing(context.Properties) || await TryReadAsync(context, now) is not { } current)
        {
            return;
        }

        if (SessionFacts.Of(current.Properties) is { } facts && IsSameUser(current.Principal, context.Principal) && !await IsEndedAsync(check, facts))
        {
            facts.Keep(context.Properties);
            if (current.Properties.Items.TryGetValue(SessionScheme.Key, out var scheme))
            {
                context.Properties.Items[SessionScheme.Key] = scheme;
            }
        }
    }

    private static async Task<AuthenticationTicket?> TryReadAsync(CookieSigningInContext context, DateTimeOffset now)
    {
        try
        {
            return await RequestTicket.ReadAsync(context.HttpContext, context.Options, now);
        }
        catch (AuthentiqStoreException)
        {
            // The new session cannot be stored either.
            return null;
        }
    }

    private static async Task<bool> IsEndedAsync(SessionCheck check, SessionFacts facts)
    {
        try
        {
            return await check.IsEndedAsync(facts, CancellationToken.None);
        }
        catch (AuthentiqStoreException)
        {
            // With the facts the next request checks it.
            return false;
        }
    }

    // A remote handler that is not ours begins a session of its own.
    private static bool AreMissing(AuthenticationProperties properties) => SessionFacts.Of(properties) is null && !properties.Items.ContainsKey(SessionScheme.Key);

    private static bool IsSameUser(ClaimsPrincipal current, ClaimsPrincipal? next) => SubjectOf(current) is { Length: > 0 } subject && next is not null && SubjectOf(next) == subject;

    private static string? SubjectOf(ClaimsPrincipal user) => (user.FindFirst(JwtRegisteredClaimNames.Sub) ?? user.FindFirst(ClaimTypes.NameIdentifier))?.Value;
}
