using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>
/// Ties a sign-in to the browser that began it: one small cookie an attempt, whose name and random value are in the encrypted state (RFC 6749 §10.12). They are sent with every request, so that a challenge
/// sees how many there are: the oldest give way, and however many sign-ins are abandoned, the Cookie header stays small.
/// </summary>
internal static class AttemptCookies
{
    /// <summary>How many sign-ins can be open at once in a browser.</summary>
    public const int MaxPending = 8;

    // A browser accepts a cookie of this name from this very host over https only: neither a sibling host nor a network attacker can plant one.
    private const string HostPrefix = "__Host-";
    private const int RandomBytes = 16;
    private const string IdKey = ".xsrf";
    private const string NameKey = ".authentiq.cookie";
    private const string ValueKey = ".authentiq.binding";

    /// <summary>Gives an attempt its cookie.</summary>
    public static void Issue(HttpContext context, AuthenticationProperties properties, AuthentiqOptions options)
    {
        var prefix = options.CorrelationCookie.Name!;
        var cookie = CookieOptions(context, options);
        Span<byte> random = stackalloc byte[2 * RandomBytes];
        RandomNumberGenerator.Fill(random);
        var id = NewId(options.TimeProvider!, random[..RandomBytes]);
        var value = Base64Url.EncodeToString(random[RandomBytes..]);
        var name = (context.Request.IsHttps && MayHavePrefix(prefix, cookie) ? HostPrefix : "") + prefix + id;

        var pending = context.Request.Cookies.Keys.Where(key => IsOfAttempt(key, prefix)).OrderBy(key => key[(key.IndexOf(prefix, StringComparison.Ordinal) + prefix.Length)..], StringComparer.Ordinal).ToList();
        foreach (var oldest in pending.Take(pending.Count - MaxPending + 1))
        {
            context.Response.Cookies.Delete(oldest, cookie);
        }

        (properties.Items[IdKey], properties.Items[NameKey], properties.Items[ValueKey]) = (id, name, value);
        context.Response.Cookies.Append(name, value, cookie);
    }

    /// <summary>The id of the attempt, if the browser is the one that began it. It can say so once: its cookie goes.</summary>
    public static string? Take(HttpContext context, AuthenticationProperties properties, AuthentiqOptions options)
    {
        if (!properties.Items.Remove(IdKey, out var id) | !properties.Items.Remove(NameKey, out var name) | !properties.Items.Remove(ValueKey, out var value)
            || string.IsNullOrEmpty(id) || string.IsNullOrEmpty(name) || string.IsNullOrEmpty(value)
            || context.Request.Cookies[name] is not { } sent || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(value)))
        {
            return null;
        }

        context.Response.Cookies.Delete(name, CookieOptions(context, options));
        return id;
    }

    /// <summary>What belongs to one attempt, and not to another that takes its place.</summary>
    public static bool IsOwnItem(string key) => key is IdKey or NameKey or ValueKey;

    private static bool IsOfAttempt(string cookie, string prefix) =>
        cookie.StartsWith(prefix, StringComparison.Ordinal) || (cookie.StartsWith(HostPrefix, StringComparison.Ordinal) && cookie.AsSpan(HostPrefix.Length).StartsWith(prefix, StringComparison.Ordinal));

    private static bool MayHavePrefix(string name, CookieOptions cookie) => cookie is { Secure: true, Path: "/", Domain: null } && !name.StartsWith("__", StringComparison.Ordinal);

    // The time comes first and has a fixed width, so that names sort by age.
    private static string NewId(TimeProvider clock, ReadOnlySpan<byte> random) =>
        clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture) + Base64Url.EncodeToString(random);

    private static CookieOptions CookieOptions(HttpContext context, AuthentiqOptions options)
    {
        var cookie = options.CorrelationCookie.Build(context, options.TimeProvider!.GetUtcNow());
        cookie.Path = options.CorrelationCookie.Path ?? (context.Features.Get<IAuthenticationFeature>()?.OriginalPathBase ?? context.Request.PathBase).Add("/");
        return cookie;
    }
}
