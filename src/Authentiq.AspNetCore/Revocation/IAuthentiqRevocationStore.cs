namespace Authentiq.AspNetCore;

/// <summary>
/// Where the logouts that the provider announced are kept, for every node that serves the application. One instance serves all schemes and all threads.
/// Register an implementation as singleton to replace the one in memory.
/// </summary>
public interface IAuthentiqRevocationStore
{
    /// <summary>
    /// Adds a revocation. When the task has completed, this node applies it, and every other node does within the bound that the implementation documents. A revocation with a
    /// <see cref="AuthentiqRevocation.ProcessedTokenId"/> that was added within the last hour, under whatever key, changes nothing. Otherwise the store holds the result of <see cref="AuthentiqRevocation.MergeWith"/>.
    /// </summary>
    /// <param name="revocation">The revocation.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that completes when the revocation is stored.</returns>
    /// <exception cref="AuthentiqStoreException">The store is unavailable, so that it is unknown whether the revocation is stored: the response to the provider is 503, and it retries.</exception>
    Task AddAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken);

    /// <summary>Returns the revocation of a key. Every authenticated request calls it twice, for the user and for the session at the provider, so it should return from the memory of the process whenever possible.</summary>
    /// <param name="key">A <see cref="AuthentiqRevocation.Key"/>.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The revocation, or <see langword="null"/> when there is none.</returns>
    /// <exception cref="AuthentiqStoreException">The revocation cannot be read. The request returns 503 where it requires authentication, and the session is preserved.</exception>
    ValueTask<AuthentiqRevocation?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Marks something that may be used once, such as a sign-in attempt or a logout token, as used. The operation is atomic: of any number of concurrent callers exactly one is the first.
    /// </summary>
    /// <param name="key">What is used. It is a hash, and its first characters name the kind, so that kinds never share a key.</param>
    /// <param name="expiresAt">How long the mark must be stored: after that time the key can no longer be used anyway.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns><see langword="true"/> for the first caller, and <see langword="false"/> for every later one until <paramref name="expiresAt"/>.</returns>
    /// <exception cref="AuthentiqStoreException">The store is unavailable, so that it is unknown whether the key was used.</exception>
    ValueTask<bool> TryConsumeAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken);
}
