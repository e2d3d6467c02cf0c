namespace Authentiq.AspNetCore;

/// <summary>Validates the addresses of the provider: https, or http for development.</summary>
internal static class SecureTransport
{
    /// <summary>
    /// Whether an address is https, or http that the application has allowed: by <c>RequireHttpsMetadata=false</c>, or by an <c>Authority</c> or <c>MetadataAddress</c> on this machine, for addresses on this
    /// machine. The metadata of a remote provider cannot direct secrets and tokens to local services.
    /// </summary>
    public static bool IsAcceptable(string? address, AuthentiqOptions options) => IsTrusted(address, options) || (!options.RequireHttpsMetadata && IsHttp(address));

    /// <summary>Whether a response from an address is authentic: https, or this machine. <c>RequireHttpsMetadata</c> has no effect.</summary>
    public static bool IsTrusted(string? address, AuthentiqOptions options) =>
        (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)
        || (IsLocal(address) && (IsLocal(options.Authority) || IsLocal(options.MetadataAddress)));

    private static bool IsHttp(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp;

    private static bool IsLocal(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback;

    /// <summary>Whether an address is on this machine.</summary>
    public static bool IsLoopback(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { IsLoopback: true, Scheme: "http" or "https" };
}
