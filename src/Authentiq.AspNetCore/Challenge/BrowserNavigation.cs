using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Authentiq.AspNetCore;

/// <summary>Distinguishes a browser that opens a page from a script that calls an API, and from an image or another part of a page.</summary>
internal static class BrowserNavigation
{
    /// <summary>Whether the caller shows a page that it is redirected to. Others get a plain status to act on.</summary>
    public static bool IsPossible(HttpContext context) => !IsScript(context.Request) && !IsApiEndpoint(context.GetEndpoint());

    /// <summary>
    /// Whether a sign-in may begin: in a window of its own, where the user sees the address of the provider, or in a frame when nothing is shown. Images and frames of another site would otherwise begin
    /// sign-ins, and so push out one that is pending.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="isSilent">Whether the provider is asked to show nothing (<c>prompt=none</c>).</param>
    public static bool MayBeginSignIn(HttpContext context, bool isSilent) => IsPossible(context) && (isSilent || !IsFrame(Destination(context.Request)));

    /// <summary>
    /// Whether the response may delete a cookie. The response to a script or an image may arrive after that of a sign-in, and would delete the new cookie; that of a page is the one that the browser
    /// waits for.
    /// </summary>
    public static bool MayDeleteCookies(HttpContext context) => IsPossible(context) && context.Request.Headers["Sec-Fetch-Mode"] is { Count: 0 } or ["navigate"];

    private static bool IsScript(HttpRequest request) =>
        string.Equals(request.Headers.XRequestedWith, "XMLHttpRequest", StringComparison.OrdinalIgnoreCase)
        || request.Headers["Sec-Fetch-Mode"] == "cors"
        || !(Destination(request) is "" or "document" || IsFrame(Destination(request)));

    private static string Destination(HttpRequest request) => request.Headers["Sec-Fetch-Dest"].ToString();

    private static bool IsFrame(string destination) => destination is "iframe" or "frame";

    // [ApiController], typed results and the like mark their endpoints so.
    private static bool IsApiEndpoint(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IDisableCookieRedirectMetadata>() is not null && endpoint.Metadata.GetMetadata<IAllowCookieRedirectMetadata>() is null;
}
