using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Authentiq.AspNetCore;

/// <summary>Tells a person who opens a page from a script that calls an API.</summary>
internal static class BrowserNavigation
{
    /// <summary>Whether the caller could follow a redirect to the provider's page. A script cannot: it gets a plain status to act on.</summary>
    public static bool IsPossible(HttpContext context) => !IsScript(context.Request) && !IsApiEndpoint(context.GetEndpoint());

    private static bool IsScript(HttpRequest request) =>
        string.Equals(request.Headers.XRequestedWith, "XMLHttpRequest", StringComparison.OrdinalIgnoreCase)
        || request.Headers["Sec-Fetch-Dest"] == "empty"
        || request.Headers["Sec-Fetch-Mode"] == "cors";

    // [ApiController], typed results and the like mark their endpoints so.
    private static bool IsApiEndpoint(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IDisableCookieRedirectMetadata>() is not null && endpoint.Metadata.GetMetadata<IAllowCookieRedirectMetadata>() is null;
}
