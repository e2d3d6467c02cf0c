using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Authentiq.AspNetCore;

/// <summary>Tells a person who opens a page from a script that calls an API.</summary>
internal static class BrowserNavigation
{
    /// <summary>Whether the caller could follow a redirect to the provider's page. A script cannot: it gets a plain status to act on.</summary>
    public static bool IsPossible(HttpContext context) => !IsScript(context.Request) && !IsApiEndpoint(context.GetEndpoint());

    /// <summary>
    /// Whether the response may delete a cookie. The response to a script or an image may arrive after that of a sign-in, and would delete the new cookie; that of a page is the one that the browser
    /// waits for.
    /// </summary>
    public static bool MayDeleteCookies(HttpContext context) => IsPossible(context) && context.Request.Headers["Sec-Fetch-Mode"] is { Count: 0 } or ["navigate"];

    private static bool IsScript(HttpRequest request) =>
        string.Equals(request.Headers.XRequestedWith, "XMLHttpRequest", StringComparison.OrdinalIgnoreCase)
        || request.Headers["Sec-Fetch-Dest"] == "empty"
        || request.Headers["Sec-Fetch-Mode"] == "cors";

    // [ApiController], typed results and the like mark their endpoints so.
    private static bool IsApiEndpoint(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IDisableCookieRedirectMetadata>() is not null && endpoint.Metadata.GetMetadata<IAllowCookieRedirectMetadata>() is null;
}
