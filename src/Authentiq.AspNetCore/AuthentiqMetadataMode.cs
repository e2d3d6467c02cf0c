namespace Authentiq.AspNetCore;

/// <summary>Where the provider's endpoints, issuer and signing keys come from.</summary>
public enum AuthentiqMetadataMode
{
    /// <summary>
    /// For the hosted provider the endpoints are built in, so that nobody waits for the network, and its discovery document takes over when it has arrived.
    /// For any other authority its discovery document decides.
    /// </summary>
    Auto,

    /// <summary>The authority's discovery document (OpenID Connect Discovery 1.0 §4), for the hosted provider too.</summary>
    Discovery,

    /// <summary>Authentiq's paths under the authority, without discovery. Signing keys are fetched from <c>/public-keys</c> when an asymmetric signature needs them.</summary>
    BuiltIn,
}
