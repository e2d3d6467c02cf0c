using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// Behind a proxy that is not configured, the application takes itself for <c>http://</c> or for another host, and the provider refuses the redirect URI without saying why. It is said here,
/// once for each cause.
/// </summary>
internal sealed class ProxyAdvice(ILogger<AuthentiqHandler> logger)
{
    private int _given;

    public void Observe(HttpRequest request, string scheme)
    {
        if (Volatile.Read(ref _given) == 0 && Cause(request) is { } cause && Interlocked.Exchange(ref _given, 1) == 0)
        {
            logger.ProxyMisconfigured(scheme, cause);
        }
    }

    // The framework's middleware for forwarded headers removes those that it has applied: one that is still there was not.
    private static string? Cause(HttpRequest request)
    {
        var host = request.Headers["X-Forwarded-Host"].ToString();
        if (host.Length > 0 && !host.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase))
        {
            return "the X-Forwarded-Host header of the proxy is not applied, so the redirect URI names another host than the browser does";
        }

        if (request.IsHttps)
        {
            return null;
        }

        if (request.Headers["X-Forwarded-Proto"].ToString().Contains("https", StringComparison.OrdinalIgnoreCase)
            || request.Headers["Forwarded"].ToString().Contains("proto=https", StringComparison.OrdinalIgnoreCase))
        {
            return "the proxy says that the browser uses https and that is not applied, so the redirect URI begins with http://";
        }

        return IsLoopback(request.Host.Host) ? null : "the request arrived over http, so the redirect URI begins with http://";
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
