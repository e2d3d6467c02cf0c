using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// What a sign-in remembers between challenge and callback. It travels in the encrypted state, which the correlation cookie ties to the browser, and is gone before the session begins.
/// </summary>
internal static class SignInAttempt
{
    private const string StartedKey = ".authentiq.started";
    private const string NonceKey = ".authentiq.nonce";
    private const string ScopeKey = ".authentiq.scope";
    private const string MaxAgeKey = ".authentiq.max_age";

    /// <summary>Gives the request its nonce and remembers when it began.</summary>
    public static void Begin(AuthenticationProperties properties, OpenIdConnectMessage request, TimeProvider clock)
    {
        request.Nonce = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        properties.Items[StartedKey] = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Remembers what was really asked for, which the application's own event may have changed.</summary>
    public static void Seal(AuthenticationProperties properties, OpenIdConnectMessage request)
    {
        properties.Items[NonceKey] = request.Nonce;
        properties.Items[ScopeKey] = request.Scope;
        if (request.MaxAge is { } maxAge)
        {
            properties.Items[MaxAgeKey] = maxAge;
        }
    }

    public static bool IsExpired(AuthenticationProperties properties, TimeSpan lifetime, TimeProvider clock) =>
        !long.TryParse(Item(properties, StartedKey), NumberStyles.None, CultureInfo.InvariantCulture, out var started)
        || clock.GetUtcNow().ToUnixTimeMilliseconds() - started > lifetime.TotalMilliseconds;

    public static string? Nonce(AuthenticationProperties properties) => Item(properties, NonceKey);

    public static string? RequestedScope(AuthenticationProperties properties) => Item(properties, ScopeKey);

    public static TimeSpan? MaxAge(AuthenticationProperties properties) =>
        int.TryParse(Item(properties, MaxAgeKey), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Nothing of the attempt goes into the session's cookie.</summary>
    public static void Forget(AuthenticationProperties properties)
    {
        foreach (var key in (string[])[StartedKey, NonceKey, ScopeKey, MaxAgeKey, OpenIdConnectDefaults.RedirectUriForCodePropertiesKey])
        {
            properties.Items.Remove(key);
        }
    }

    private static string? Item(AuthenticationProperties properties, string key) => properties.Items.TryGetValue(key, out var value) ? value : null;
}
