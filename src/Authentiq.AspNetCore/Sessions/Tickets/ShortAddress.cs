using System.Net;

namespace Authentiq.AspNetCore;

/// <summary>A network address without the part that identifies one household. It lets a user recognize a session, and no more.</summary>
internal static class ShortAddress
{
    private const int KeptOfIPv4 = 3;
    private const int KeptOfIPv6 = 6;

    public static string? Of(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        bytes.AsSpan(bytes.Length == 4 ? KeptOfIPv4 : KeptOfIPv6).Clear();
        return new IPAddress(bytes).ToString();
    }
}
