using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Reads metadata for steps that do not require the provider, such as a sign-out. They do not fail when the provider is unavailable.</summary>
internal static class KnownMetadata
{
    /// <summary>The metadata, or <see langword="null"/> when it cannot be read.</summary>
    public static async Task<OpenIdConnectConfiguration?> TryGetAsync(this IConfigurationManager<OpenIdConnectConfiguration> metadata, CancellationToken cancellationToken)
    {
        try
        {
            return await metadata.GetConfigurationAsync(cancellationToken);
        }
        catch (SignInException)
        {
            // Logged by the fetch.
            return null;
        }
    }
}
