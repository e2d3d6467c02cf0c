namespace Authentiq.AspNetCore;

/// <summary>Where the provider's addresses may point: https, or plain http for development.</summary>
internal static class SecureTransport
{
    /// <summary>Whether an address is https, on this machine, or let through by <c>RequireHttpsMetadata=false</c>.</summary>
    public static bool IsAcceptable(string? address, bool requireHttps) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || !requireHttps)));

    /// <summary>Whether what came from an address can only have come from it: https, or this machine. <c>RequireHttpsMetadata</c> changes nothing here.</summary>
    public static bool IsTrusted(string? address) => IsAcceptable(address, requireHttps: true);

    /// <summary>Whether an address is on this machine.</summary>
    public static bool IsLoopback(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { IsLoopback: true, Scheme: "http" or "https" };
}
