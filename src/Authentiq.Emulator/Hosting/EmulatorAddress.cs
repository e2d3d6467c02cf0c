using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Authentiq.Emulator;

/// <summary>Derives the issuer and the port from the options, and validates them.</summary>
internal static class EmulatorAddress
{
    public static Uri InMemory(EmulatorOptions options) => Origin(options.Issuer ?? new(EmulatorDefaults.Issuer));

    public static int Port(EmulatorOptions options) =>
        options.Port == 0 && options.Issuer is { IsAbsoluteUri: true, IsDefaultPort: false } issuer ? issuer.Port : options.Port;

    public static Uri OnPort(EmulatorOptions options, int port)
    {
        var issuer = Origin(options.Issuer ?? new($"http://localhost:{port.ToString(CultureInfo.InvariantCulture)}/"));
        if (!issuer.IsLoopback || issuer.Scheme != Uri.UriSchemeHttp)
        {
            throw new InvalidOperationException(
                $"The Authentiq emulator signs in any user without authentication, so it listens on loopback only, with http. The issuer {issuer} is not valid. Use an address such as http://localhost:{EmulatorDefaults.Port}/.");
        }

        if (port != 0 && issuer.Port != port)
        {
            throw new InvalidOperationException($"The issuer {issuer} does not match the port {port} of the Authentiq emulator.");
        }

        return issuer;
    }

    /// <summary>Finds a free port, for a caller that needs the port before the emulator listens on it.</summary>
    public static int FreePortIfZero(int port)
    {
        if (port != 0)
        {
            return port;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Uri Origin(Uri issuer) =>
        issuer.IsAbsoluteUri && issuer.AbsolutePath == "/" && issuer.Query.Length == 0 && issuer.Fragment.Length == 0 && issuer.UserInfo.Length == 0
            ? issuer
            : throw new InvalidOperationException($"The issuer {issuer} must be an address without a path, such as https://connect.example/.");
}
