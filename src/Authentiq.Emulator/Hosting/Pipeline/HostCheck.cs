using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>
/// Rejects requests with a foreign host name: another site could resolve its name to this machine, and would then have the
/// origin of the emulator (DNS rebinding).
/// </summary>
internal sealed class HostCheck(EmulatorState state, bool inMemory)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    public Task InvokeAsync(HttpContext http, RequestDelegate next) =>
        IsAllowed(http.Request.Host)
            ? next(http)
            : MessagePage.Error("Wrong address", "The emulator does not accept this host name.").ExecuteAsync(http);

    private bool IsAllowed(HostString host)
    {
        var isIssuer = string.Equals(host.Host, state.Issuer.Host, StringComparison.OrdinalIgnoreCase);
        var isLoopback = !inMemory && Loopback.Contains(host.Host, StringComparer.OrdinalIgnoreCase);
        return (isIssuer || isLoopback) && (host.Port ?? DefaultPort()) == state.Issuer.Port;
    }

    private int DefaultPort() => state.Issuer.Scheme == Uri.UriSchemeHttps ? 443 : 80;
}
