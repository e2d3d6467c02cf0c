namespace Authentiq.AspNetCore;

/// <summary>The origin of an address for a header (RFC 6454 §6.2).</summary>
internal static class Origin
{
    public static string Of(Uri address) =>
        $"{address.Scheme}://{(address.HostNameType is UriHostNameType.Dns ? address.IdnHost : address.Host)}{(address.IsDefaultPort ? "" : $":{address.Port}")}";
}
