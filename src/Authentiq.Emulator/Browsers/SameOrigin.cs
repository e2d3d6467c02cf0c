using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Checks whether a page of the emulator posted a form. A client that is not a browser sends neither header.</summary>
internal static class SameOrigin
{
    public static bool IsAssured(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        return site is "" or "same-origin" or "none"
            && (origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
    }
}
