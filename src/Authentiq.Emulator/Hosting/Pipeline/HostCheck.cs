using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>
/// Refuses requests under a foreign host name: a page elsewhere could have its name resolve to this machine and would
/// then be of the same origin as the emulator (DNS rebinding).
/// </summary>
internal sealed class HostCheck(EmulatorState state, bool inMemory)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    public Task InvokeAsync(HttpContext http, RequestDelegate next) =>
        IsOurs(http.Request.Host)
            ? next(http)
            : MessagePage.Refusal("Wrong address", "The emulator does not answer under this host name.").ExecuteAsync(http);

    private bool IsOurs(HostString host)
    {
        var isIssuer = string.Equals(host.Host, state.Issuer.Host, StringComparison.OrdinalIgnoreCase);
        var isLoopback = !inMemory && Loopback.Contains(host.Host, StringComparer.OrdinalIgnoreCase);
        return (isIssuer || isLoopback) && (host.Port ?? DefaultPort()) == state.Issuer.Port;
    }

    private int DefaultPort() => state.Issuer.Scheme == Uri.UriSchemeHttps ? 443 : 80;
}
