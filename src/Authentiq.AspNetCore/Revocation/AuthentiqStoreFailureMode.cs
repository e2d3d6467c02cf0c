namespace Authentiq.AspNetCore;

/// <summary>What happens to requests of authenticated users while a revocation store that several nodes share is unavailable.</summary>
public enum AuthentiqStoreFailureMode
{
    /// <summary>
    /// Cached revocation data is used for <see cref="AuthentiqRevocationOptions.TrustFor"/>; after that <see cref="Refuse"/> applies. A logout that another node has received in the meantime is delayed by that time at most.
    /// </summary>
    TrustLastKnown,

    /// <summary>Requests that require authentication return 503 until the store is available; other requests run as anonymous. Existing sessions are preserved.</summary>
    Refuse,
}
