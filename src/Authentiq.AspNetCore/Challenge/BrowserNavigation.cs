using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Authentiq.AspNetCore;

/// <summary>Distinguishes page navigations from requests of scripts and from requests for images and other parts of a page.</summary>
internal static class BrowserNavigation
{
    /// <summary>Whether the request is a navigation, which can be redirected to a page. Other requests get a status code.</summary>
    public static bool IsPossible(HttpContext context) => !IsScript(context.Request) && !IsApiEndpoint(context.GetEndpoint());

    /// <summary>
    /// Whether a sign-in may start: in a window, where the user sees the address of the provider, or in a frame when the provider shows no page. Images and frames of other sites could otherwise start
    /// sign-ins, and displace a pending one.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="isSilent">Whether the provider shows no page (<c>prompt=none</c>).</param>
    public static bool MayStartSignIn(HttpContext context, bool isSilent) => IsPossible(context) && (isSilent || !IsFrame(Destination(context.Request)));

    /// <summary>
    /// Whether the response may delete a cookie. The response to a script or an image can arrive after the response of a sign-in, and would delete the new cookie. A navigation is not concurrent with
    /// a sign-in in the same window.
    /// </summary>
    public static bool MayDeleteCookies(HttpContext context) => IsPossible(context) && context.Request.Headers["Sec-Fetch-Mode"] is { Count: 0 } or ["navigate"];

    private static bool IsScript(HttpRequest request) =>
        string.Equals(request.Headers.XRequestedWith, "XMLHttpRequest", StringComparison.OrdinalIgnoreCase)
        || request.Headers["Sec-Fetch-Mode"] == "cors"
        || !(Destination(request) is "" or "document" || IsFrame(Destination(request)));

    private static string Destination(HttpRequest request) => request.Headers["Sec-Fetch-Dest"].ToString();

    private static bool IsFrame(string destination) => destination is "iframe" or "frame";

    // The metadata of [ApiController], typed results and similar endpoints.
    private static bool IsApiEndpoint(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IDisableCookieRedirectMetadata>() is not null && endpoint.Metadata.GetMetadata<IAllowCookieRedirectMetadata>() is null;
}
