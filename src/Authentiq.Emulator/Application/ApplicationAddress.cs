using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Finds the address of the application that hosts the emulator.</summary>
internal static class ApplicationAddress
{
    /// <returns>Scheme, host and port, https before http, or null if the application does not listen on a port.</returns>
    public static string? Find(IServer? server) => server?.Features.Get<IServerAddressesFeature>()?.Addresses
        .Where(address => Uri.TryCreate(Reachable(address), UriKind.Absolute, out _))
        .OrderByDescending(address => address.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase))
        .Select(Reachable)
        .FirstOrDefault();

    private static string Reachable(string address)
    {
        var binding = BindingAddress.Parse(address);
        var host = IsEveryAddress(binding.Host) ? "localhost" : binding.Host;
        return FormattableString.Invariant($"{binding.Scheme}://{host}:{binding.Port}{binding.PathBase}");
    }

    private static bool IsEveryAddress(string host) =>
        host is "+" or "*" || (IPAddress.TryParse(host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
}
