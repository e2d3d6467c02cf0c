using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Authentiq.AspNetCore;

/// <summary>Where a person goes when a step is over: always a page of this application (RFC 9700 §4.11).</summary>
internal static class ReturnUrl
{
    /// <summary>The longest address that is carried along; it travels in the state, which is a query parameter.</summary>
    public const int MaxLength = 2000;

    /// <summary>The address, if it is a page of this application, or the application's root.</summary>
    public static string LocalOrRoot(HttpRequest request, string? url) => Local(request, url) ?? request.PathBase.Add("/");

    /// <summary>Where a challenge without an address of its own returns to: this page, or, as a form is not sent again, the page that the form was on.</summary>
    public static string ForChallenge(HttpRequest request, string currentUrl) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            ? LocalOrRoot(request, currentUrl)
            : LocalOrRoot(request, request.Headers.Referer.ToString());

    /// <summary>The address of the page that a browser opens with this request; <see langword="null"/> for the request of a script.</summary>
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

        // IsLocalUrl lets '~/' through, which is not an address; it refuses '//host' and '/\host'.
        return url[0] == '/' && RedirectHttpResult.IsLocalUrl(url) ? Ascii(url) : null;
    }

    private static bool IsOwn(HttpRequest request, Uri url) =>
        url.Scheme is "http" or "https"
        && string.IsNullOrEmpty(url.UserInfo)
        && string.Equals(url.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase)
        && OwnAuthority(request) is { } own
        && string.Equals(url.Authority, own, StringComparison.OrdinalIgnoreCase);

    // The Host header may hold what is no host: servers check its characters only.
    private static string? OwnAuthority(HttpRequest request)
    {
        try
        {
            return Uri.TryCreate($"{request.Scheme}://{request.Host.ToUriComponent()}", UriKind.Absolute, out var own) && string.IsNullOrEmpty(own.UserInfo) ? own.Authority : null;
        }
        catch (ArgumentException)
        {
            // A name that cannot be written in ASCII.
            return null;
        }
    }

    // A Location header holds ASCII only; whoever wrote 'é' means '%C3%A9'.
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
