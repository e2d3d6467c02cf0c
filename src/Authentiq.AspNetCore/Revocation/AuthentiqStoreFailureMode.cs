namespace Authentiq.AspNetCore;

/// <summary>What happens to people who are signed in while a store that several nodes share does not answer.</summary>
public enum AuthentiqStoreFailureMode
{
    /// <summary>
    /// Their sessions go on by what this node knows, for <see cref="AuthentiqRevocationOptions.TrustFor"/>; after that it is as with <see cref="Refuse"/>. A logout that another node has taken
    /// in the meantime is late by that much at most.
    /// </summary>
    TrustLastKnown,

    /// <summary>Pages that need somebody answer 503 until the store is back. Nobody loses a session.</summary>
    Refuse,
}
