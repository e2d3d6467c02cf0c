using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Where the metadata of a scheme comes from, as its options say.</summary>
/// <param name="Clock">The clock of the scheme.</param>
/// <param name="RefreshAfter">The age at which a document is fetched again.</param>
/// <param name="BuiltIn">The built-in endpoints; <see langword="null"/> when the provider has to name them.</param>
/// <param name="Discovered">The discovery document; <see langword="null"/> when none is fetched.</param>
/// <param name="Keys">The public keys.</param>
internal sealed record MetadataSources(
    TimeProvider Clock, TimeSpan RefreshAfter, OpenIdConnectConfiguration? BuiltIn, LastKnownGood<OpenIdConnectConfiguration>? Discovered, LastKnownGood<IReadOnlyList<SecurityKey>> Keys)
{
    /// <summary>The searches of anonymous requests for keys.</summary>
    public KeySearches Searches { get; } = new(Keys, Clock);

    /// <summary>The searches of sign-ins for keys.</summary>
    public KeySearches SearchesOfSignIns { get; } = new(Keys, Clock);
}
