using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// Ties a sign-in to the browser that began it: one small cookie an attempt, whose name is in the encrypted state (RFC 6749 §10.12). They are sent with every request, so that a challenge
/// sees how many there are: the oldest give way, and however many sign-ins are abandoned, the Cookie header stays small.
/// </summary>
internal static class AttemptCookies
{
    /// <summary>How many sign-ins can be open at once in a browser.</summary>
    public const int MaxPending = 8;

    private const string IdKey = ".xsrf";
    private const string Value = "1";

    /// <summary>Gives an attempt its cookie.</summary>
    public static void Issue(HttpContext context, AuthenticationProperties properties, AuthentiqOptions options)
    {
        var prefix = options.CorrelationCookie.Name!;
        var pending = context.Request.Cookies.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        foreach (var oldest in pending.Take(pending.Count - MaxPending + 1))
        {
            Delete(context, oldest, options);
        }

        var id = NewId(options.TimeProvider!);
        properties.Items[IdKey] = id;
        context.Response.Cookies.Append(prefix + id, Value, CookieOptions(context, options));
    }

    /// <summary>The id of the attempt, if the browser is the one that began it. It can say so once: its cookie goes.</summary>
    public static string? Take(HttpContext context, AuthenticationProperties properties, AuthentiqOptions options)
    {
        if (!properties.Items.Remove(IdKey, out var id) || string.IsNullOrEmpty(id))
        {
            return null;
        }

        var name = options.CorrelationCookie.Name + id;
        if (context.Request.Cookies[name] is not Value)
        {
            return null;
        }

        Delete(context, name, options);
        return id;
    }

    // The time comes first and has a fixed width, so that names sort by age.
    private static string NewId(TimeProvider clock) =>
        clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture) + Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16));

    private static void Delete(HttpContext context, string name, AuthentiqOptions options) => context.Response.Cookies.Delete(name, CookieOptions(context, options));

    private static CookieOptions CookieOptions(HttpContext context, AuthentiqOptions options)
    {
        var cookie = options.CorrelationCookie.Build(context, options.TimeProvider!.GetUtcNow());
        cookie.Path = options.CorrelationCookie.Path ?? (context.Features.Get<IAuthenticationFeature>()?.OriginalPathBase ?? context.Request.PathBase).Add("/");
        return cookie;
    }
}
