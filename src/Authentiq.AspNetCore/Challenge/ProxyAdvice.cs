using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// Warns when a redirect URI is probably wrong because forwarded headers are not applied. The provider would refuse it without a reason that points to the proxy. The first cause is logged, once in the
/// lifetime of the application, for all schemes.
/// </summary>
internal sealed class ProxyAdvice(ILogger<AuthentiqHandler> logger)
{
    private int _isLogged;

    public void Observe(HttpRequest request, string scheme)
    {
        if (Volatile.Read(ref _isLogged) == 0 && Cause(request) is { } cause && Interlocked.Exchange(ref _isLogged, 1) == 0)
        {
            logger.ProxyMisconfigured(scheme, cause);
        }
    }

    // The forwarded headers middleware removes the headers that it has applied: a header that is still present was not applied.
    private static string? Cause(HttpRequest request)
    {
        var host = request.Headers["X-Forwarded-Host"].ToString();
        if (host.Length > 0 && !host.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase))
        {
            return "the X-Forwarded-Host header of the proxy is not applied, so the host of the redirect URI differs from the host in the browser";
        }

        if (request.IsHttps)
        {
            return null;
        }

        if (request.Headers["X-Forwarded-Proto"].ToString().Contains("https", StringComparison.OrdinalIgnoreCase)
            || request.Headers["Forwarded"].ToString().Contains("proto=https", StringComparison.OrdinalIgnoreCase))
        {
            return "the X-Forwarded-Proto or Forwarded header of the proxy (https) is not applied, so the redirect URI starts with http://";
        }

        return IsLoopback(request.Host.Host) ? null : "the request was received over http, so the redirect URI starts with http://";
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
