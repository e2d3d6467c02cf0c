using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Authentiq.AspNetCore;

/// <summary>The address to which the browser returns after a step: always a page of this application (RFC 9700 §4.11).</summary>
internal static class ReturnUrl
{
    /// <summary>The maximum length of an address in characters. It is part of the state, which is a query parameter.</summary>
    public const int MaxLength = 2000;

    /// <summary>The address if it is a page of this application; otherwise the root of the application.</summary>
    public static string LocalOrRoot(HttpRequest request, string? url) => Local(request, url) ?? request.PathBase.Add("/");

    /// <summary>The address for a challenge without one: the current page for GET, and the referring page otherwise, because a form is not submitted again.</summary>
    public static string ForChallenge(HttpRequest request, string currentUrl) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            ? LocalOrRoot(request, currentUrl)
            : LocalOrRoot(request, request.Headers.Referer.ToString());

    /// <summary>The address of the page if the request is a navigation; <see langword="null"/> for a request of a script.</summary>
    public static string? OfPage(HttpContext context) =>
        BrowserNavigation.IsPossible(context) ? ForChallenge(context.Request, context.Request.PathBase + context.Request.Path + context.Request.QueryString) : null;

    private static string? Local(HttpRequest request, string? url)
    {
        if (string.IsNullOrEmpty(url) || url.Length > MaxLength || url.Any(char.IsControl))
        {
            return null;
        }

        if (Uri.TryCreate(url, UriKind.Absolute, out var absolute) && IsOwn(request, absolute))
        {
            url = absolute.PathAndQuery + absolute.Fragment;
        }

        // IsLocalUrl accepts '~/', which is not an address; it refuses '//host' and '/\host'.
        return url[0] == '/' && RedirectHttpResult.IsLocalUrl(url) ? Ascii(url) : null;
    }

    private static bool IsOwn(HttpRequest request, Uri url) =>
        url.Scheme is "http" or "https"
        && string.IsNullOrEmpty(url.UserInfo)
        && string.Equals(url.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase)
        && OwnAuthority(request) is { } own
        && string.Equals(url.Authority, own, StringComparison.OrdinalIgnoreCase);

    // The Host header may not be a valid host: servers validate only its characters.
    private static string? OwnAuthority(HttpRequest request)
    {
        try
        {
            return Uri.TryCreate($"{request.Scheme}://{request.Host.ToUriComponent()}", UriKind.Absolute, out var own) && string.IsNullOrEmpty(own.UserInfo) ? own.Authority : null;
        }
        catch (ArgumentException)
        {
            // The name cannot be converted to ASCII.
            return null;
        }
    }

    // A Location header is ASCII: 'é' is sent as '%C3%A9'.
    private static string Ascii(string url)
    {
        if (url.All(char.IsAscii))
        {
            return url;
        }

        var ascii = new StringBuilder(url.Length * 2);
        foreach (var rune in url.EnumerateRunes())
        {
            ascii.Append(rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }

        return ascii.ToString();
    }
}
