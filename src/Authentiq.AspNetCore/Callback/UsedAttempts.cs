namespace Authentiq.AspNetCore;

/// <summary>
/// An attempt signs in once, however often its response is sent: in this process always, and on every node with a revocation store that the nodes share. While that store is unavailable, sign-ins go on and
/// the guarantee holds for each node by itself.
/// </summary>
/// <param name="store">The store that the nodes share.</param>
/// <param name="own">The keys that this process has used; <see langword="null"/> when the store is in this process, and has them already.</param>
internal sealed class UsedAttempts(IAuthentiqRevocationStore store, ConsumedKeys? own)
{
    // An attempt that has expired on this node may be valid a little longer on another.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>Marks an attempt as used.</summary>
    /// <returns>Whether it was unused.</returns>
    public async Task<bool> TryUseAsync(string scheme, SignInAttempt attempt, TimeSpan lifetime)
    {
        var key = $"attempt:{scheme}:{attempt.Cookie.Id}";
        var expiresAt = attempt.StartedAt + lifetime + ClockTolerance;
        if (own?.TryConsume(key, expiresAt) is false)
        {
            return false;
        }

        try
        {
            // Not cancelled with the request: it would stay unknown whether the attempt was used.
            return await store.TryConsumeAsync(key, expiresAt, CancellationToken.None);
        }
        catch (AuthentiqStoreException)
        {
            return true;
        }
    }
}
