using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// The size of a session has a limit. Servers refuse a request whose cookies are too large (431), on every path: a cookie beyond the limit would lock its user out until they delete it by hand.
/// </summary>
internal static class TicketSize
{
    /// <summary>The largest session cookie, in characters, all of its parts together. Kestrel accepts 32 KB of headers, and there are other cookies.</summary>
    public const int MaxCookieLength = 12 * 1024;

    /// <summary>The largest server-side session, in bytes, before encryption.</summary>
    public const int MaxServerSideBytes = 64 * 1024;

    // A character takes up to three bytes, and three bytes take four characters of a cookie.
    private const int MaxGrowth = 4;

    /// <summary>Validates that the session of a sign-in is not too large.</summary>
    public static async Task<SignInFailure?> ValidateAsync(TicketReceivedContext context)
    {
        // Serializing takes time; nearly every session is far below both limits.
        if (context is not { Principal: { } principal, Properties: { } properties } || Estimate(principal, properties) * MaxGrowth <= MaxCookieLength || await CookieAsync(context) is not var (scheme, cookie))
        {
            return null;
        }

        var ticket = new AuthenticationTicket(principal, properties, scheme);
        if (cookie.SessionStore is not null)
        {
            return TicketSerializer.Default.Serialize(ticket).Length > MaxServerSideBytes
                ? TooLarge($"claims and tokens take more than {MaxServerSideBytes / 1024} KB. Request fewer scopes, remove claims in ClaimActions, or set SaveTokens to false")
                : null;
        }

        return cookie.TicketDataFormat.Protect(ticket).Length > MaxCookieLength
            ? TooLarge($"claims and tokens take more than {MaxCookieLength / 1024} KB of cookies. Call AddAuthentiqSessions to keep sessions on the server, request fewer scopes, or set SaveTokens to false")
            : null;
    }

    private static int Estimate(ClaimsPrincipal principal, AuthenticationProperties properties) =>
        principal.Claims.Sum(claim => claim.Type.Length + claim.Value.Length + claim.ValueType.Length + claim.Issuer.Length)
        + properties.Items.Sum(item => item.Key.Length + (item.Value?.Length ?? 0));

    // The sign-in scheme may forward to the one that keeps the cookie.
    private static async Task<(string Scheme, CookieAuthenticationOptions Cookie)?> CookieAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var schemes = services.GetRequiredService<IAuthenticationSchemeProvider>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        for (var name = context.Options.SignInScheme; name is not null && visited.Add(name) && await schemes.GetSchemeAsync(name) is { } scheme;)
        {
            if (typeof(CookieAuthenticationHandler).IsAssignableFrom(scheme.HandlerType))
            {
                var cookie = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(name);
                if (Target(cookie, context) is not { } target || target == name)
                {
                    return (name, cookie);
                }

                name = target;
            }
            else
            {
                name = scheme.HandlerType == typeof(PolicySchemeHandler) ? Target(services.GetRequiredService<IOptionsMonitor<PolicySchemeOptions>>().Get(name), context) : null;
            }
        }

        return null;
    }

    private static string? Target(AuthenticationSchemeOptions options, TicketReceivedContext context) =>
        options.ForwardSignIn ?? options.ForwardDefaultSelector?.Invoke(context.HttpContext) ?? options.ForwardDefault;

    private static SignInFailure TooLarge(string reason) => new(AuthentiqErrors.SessionTooLarge, reason);
}
