namespace Authentiq.AspNetCore;

/// <summary>
/// Ensures that an attempt is used once, however often its response is sent: always in this process, and on all nodes with a shared revocation store. While that store is unavailable, sign-ins continue,
/// and an attempt can be used once on each node.
/// </summary>
/// <param name="store">The revocation store.</param>
/// <param name="own">The keys that this process has used; <see langword="null"/> when the store is in this process and contains them already.</param>
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
            // Not canceled with the request: it would be unknown whether the attempt was used.
            return await store.TryConsumeAsync(key, expiresAt, CancellationToken.None);
        }
        catch (AuthentiqStoreException)
        {
            return true;
        }
    }
}
