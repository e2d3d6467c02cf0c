namespace Authentiq.AspNetCore;

/// <summary>Where the provider's addresses may point: https, or plain http for development.</summary>
internal static class SecureTransport
{
    /// <summary>
    /// Whether an address is https, or http that was chosen: by <c>RequireHttpsMetadata=false</c>, or on this machine when the application itself named a provider on this machine. A provider elsewhere
    /// cannot send secrets and tokens to local services of the application's host.
    /// </summary>
    public static bool IsAcceptable(string? address, AuthentiqOptions options) => IsTrusted(address, options) || (!options.RequireHttpsMetadata && IsHttp(address));

    /// <summary>Whether what came from an address can only have come from it: https, or this machine. <c>RequireHttpsMetadata</c> changes nothing here.</summary>
    public static bool IsTrusted(string? address, AuthentiqOptions options) =>
        (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)
        || (IsLocal(address) && (IsLocal(options.Authority) || IsLocal(options.MetadataAddress)));

    private static bool IsHttp(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp;

    private static bool IsLocal(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback;

    /// <summary>Whether an address is on this machine.</summary>
    public static bool IsLoopback(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { IsLoopback: true, Scheme: "http" or "https" };
}
