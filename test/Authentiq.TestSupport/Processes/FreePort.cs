using System.Net;
using System.Net.Sockets;

namespace Authentiq.TestSupport;

/// <summary>A loopback port that nobody listens on at the moment.</summary>
public static class FreePort
{
    /// <summary>Finds one.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
