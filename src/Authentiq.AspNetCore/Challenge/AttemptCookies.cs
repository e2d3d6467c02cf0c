using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>
/// Binds a sign-in to the browser that started it, with a small cookie for each attempt. Its name and random value are in the encrypted state (RFC 6749 §10.12). The browser sends these cookies with every
/// request, so that a challenge can delete the oldest ones: the Cookie header stays small, however many sign-ins are abandoned.
/// </summary>
internal static class AttemptCookies
{
    /// <summary>The maximum number of pending sign-ins in a browser.</summary>
    public const int MaxPending = 8;

    // Browsers accept a cookie with this prefix only from this host over https: neither a sibling host nor a network attacker can set one.
    private const string HostPrefix = "__Host-";
    private const int RandomBytes = 16;

    // An id consists of the time in milliseconds, in hexadecimal digits, and random bytes in base64url.
    private const int TimeLength = 12;
    private const int RandomLength = 22;

    // The maximum number of cookies that one response deletes. The next challenges delete the others.
    private const int MaxDeletions = 16;

    private static readonly SearchValues<char> TimeCharacters = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> RandomCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Issues the cookie of an attempt.</summary>
    public static void Issue(HttpContext context, AuthenticationProperties properties, AuthentiqOptions options)
    {
        var prefix = options.CorrelationCookie.Name!;
        var cookie = CookieOptions(context, options);
        Span<byte> random = stackalloc byte[2 * RandomBytes];
        RandomNumberGenerator.Fill(random);
        var id = NewId(options.TimeProvider!, random[..RandomBytes]);
        var attempt = new AttemptCookie(id, Base64Url.EncodeToString(random[RandomBytes..]), MayHavePrefix(context, prefix, cookie));

        // Only names that this handler can issue: other cookies are not counted, and cannot displace a pending sign-in.
        var names = NamePrefix(attempt, options);
        var pending = context.Request.Cookies.Keys.Where(key => IsIssued(key, names)).Order(StringComparer.Ordinal).ToList();
        foreach (var oldest in pending.Take(Math.Min(pending.Count - MaxPending + 1, MaxDeletions)))
        {
            context.Response.Cookies.Delete(oldest, cookie);
        }

        attempt.AttachTo(properties);
        context.Response.Cookies.Append(Name(attempt, options), attempt.Value, cookie);
    }

    /// <summary>Whether the request comes from the browser that started an attempt. The cookie is deleted, so that this succeeds once.</summary>
    public static bool Take(HttpContext context, AttemptCookie attempt, AuthentiqOptions options)
    {
        var cookie = CookieOptions(context, options);

        // Anyone can start an attempt over http. Its state names a cookie without the prefix, which a sibling host can set in the browser of a user of the https site.
        if (!attempt.IsHostCookie && MayHavePrefix(context, options.CorrelationCookie.Name!, cookie))
        {
            return false;
        }

        var name = Name(attempt, options);
        if (attempt is not { Id.Length: > 0, Value.Length: > 0 } || context.Request.Cookies[name] is not { } sent || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(attempt.Value)))
        {
            return false;
        }

        context.Response.Cookies.Delete(name, cookie);
        return true;
    }

    private static string Name(AttemptCookie attempt, AuthentiqOptions options) => NamePrefix(attempt, options) + attempt.Id;

    private static string NamePrefix(AttemptCookie attempt, AuthentiqOptions options) => (attempt.IsHostCookie ? HostPrefix : "") + options.CorrelationCookie.Name;

    private static bool IsIssued(string name, string prefix) =>
        name.Length == prefix.Length + TimeLength + RandomLength
        && name.StartsWith(prefix, StringComparison.Ordinal)
        && name.AsSpan(prefix.Length, TimeLength).IndexOfAnyExcept(TimeCharacters) < 0
        && name.AsSpan(prefix.Length + TimeLength).IndexOfAnyExcept(RandomCharacters) < 0;

    private static bool MayHavePrefix(HttpContext context, string name, CookieOptions cookie) => context.Request.IsHttps && cookie is { Secure: true, Path: "/", Domain: null } && !name.StartsWith("__", StringComparison.Ordinal);

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
