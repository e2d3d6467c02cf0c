using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Keeps other sites of the developer's browser out: by name (DNS rebinding), and from deciding on the phone (cross-site posts).</summary>
internal sealed class RequestGuard(EmulatorState state)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (!IsOwnHost(http.Request.Host.Host))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync("The emulator answers to its own name only.", http.RequestAborted);
            return;
        }

        if (HttpMethods.IsPost(http.Request.Method) && EmulatorPaths.Find(http.Request) is EmulatorEndpoint.SignIn && IsFromAnotherSite(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            await http.Response.WriteAsync("Only the emulator's own page may approve or deny.", http.RequestAborted);
            return;
        }

        await next(http);
    }

    private bool IsOwnHost(string host) =>
        string.Equals(host, state.Issuer.Host, StringComparison.OrdinalIgnoreCase) || Loopback.Contains(host, StringComparer.OrdinalIgnoreCase);

    // A browser that says where a request comes from is believed; its Origin may be 'null', as our pages send no referrer.
    private static bool IsFromAnotherSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is [{ } site]
        ? site is not ("same-origin" or "none")
        : request.Headers.Origin is [{ } origin] && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
