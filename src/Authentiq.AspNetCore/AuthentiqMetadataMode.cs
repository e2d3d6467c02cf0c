namespace Authentiq.AspNetCore;

/// <summary>The source of the provider's endpoints, issuer and signing keys.</summary>
public enum AuthentiqMetadataMode
{
    /// <summary>
    /// For the hosted provider, built-in endpoints are used until its discovery document has been loaded, so that sign-ins do not wait for it.
    /// For any other authority, the same as <see cref="Discovery"/>.
    /// </summary>
    Auto,

    /// <summary>The discovery document of the authority (OpenID Connect Discovery 1.0 §4), also for the hosted provider.</summary>
    Discovery,

    /// <summary>The paths of Authentiq under the authority, without discovery. Signing keys are fetched from <c>/public-keys</c>, at startup and when an asymmetric signature requires them.</summary>
    BuiltIn,
}
