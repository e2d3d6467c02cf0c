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
    // Set by the framework on every ticket of a remote handler.
    private const string SchemeItem = ".AuthScheme";

    /// <summary>Whether a sign-in may need them: it brings none, and does not come from a remote handler.</summary>
    public static bool AreMissing(AuthenticationProperties? properties) => properties is null || (SessionFacts.Of(properties) is null && !properties.Items.ContainsKey(SchemeItem));

    /// <summary>Carries the facts of the session of this request over to the sign-in that replaces it, when both are of the same user.</summary>
    public static async Task CarryOverAsync(CookieSigningInContext context)
    {
        if (!AreMissing(context.Properties))
        {
            return;
        }

        var current = await context.HttpContext.AuthenticateAsync(context.Scheme.Name);
        if (current is { Principal: { } user, Properties: { } properties } && SessionFacts.Of(properties) is { } facts && IsSameUser(user, context.Principal))
        {
            facts.Keep(context.Properties);
            if (properties.Items.TryGetValue(SchemeItem, out var scheme))
            {
                context.Properties.Items[SchemeItem] = scheme;
            }
        }
    }

    private static bool IsSameUser(ClaimsPrincipal current, ClaimsPrincipal? next) => SubjectOf(current) is { Length: > 0 } subject && next is not null && SubjectOf(next) == subject;

    private static string? SubjectOf(ClaimsPrincipal user) => (user.FindFirst(JwtRegisteredClaimNames.Sub) ?? user.FindFirst(ClaimTypes.NameIdentifier))?.Value;
}
