using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>The sources of the metadata of a scheme, according to its options.</summary>
/// <param name="Clock">The clock of the scheme.</param>
/// <param name="RefreshAfter">The age at which a document is fetched again.</param>
/// <param name="BuiltIn">The built-in endpoints; <see langword="null"/> when only discovery is used.</param>
/// <param name="Discovered">The discovery document; <see langword="null"/> when it is not used.</param>
/// <param name="Keys">The public keys.</param>
internal sealed record MetadataSources(
    TimeProvider Clock, TimeSpan RefreshAfter, OpenIdConnectConfiguration? BuiltIn, LastKnownGood<OpenIdConnectConfiguration>? Discovered, LastKnownGood<IReadOnlyList<SecurityKey>> Keys)
{
    /// <summary>The key fetches of anonymous requests.</summary>
    public KeySearches Searches { get; } = new(Keys, Clock);

    /// <summary>The key fetches of sign-ins.</summary>
    public KeySearches SearchesOfSignIns { get; } = new(Keys, Clock);
}
