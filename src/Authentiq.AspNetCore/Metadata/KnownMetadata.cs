using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>For steps that can go on without the provider, such as a sign-out: that its metadata cannot be read is no reason to fail them.</summary>
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
            // Logged where it failed.
            return null;
        }
    }
}
