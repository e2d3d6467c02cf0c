using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// A session that ends within moments of its sign-in leaves a revocation of its own: the response that began it can still be sent by the second of two clicks, which shares the sign-in and must not bring the
/// session back. It holds on every node with a revocation store that the nodes share.
/// </summary>
internal sealed class RecentSignOuts(IAuthentiqRevocationStore revocations, TimeProvider clock)
{
    // What the clocks of two nodes may differ by.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>Remembers that a session has ended, while its sign-in can still be shared.</summary>
    public async Task MarkAsync(SessionBinding facts)
    {
        var now = clock.GetUtcNow();
        var expiresAt = facts.BeganAt + SignInFlights.MaxAge + ClockTolerance;
        if (expiresAt <= now)
        {
            return;
        }

        var key = KeyOf(facts);
        try
        {
            await revocations.AddAsync(new() { Key = key, IssuedAt = facts.IssuedAt, ReceivedAt = now, ExpiresAt = expiresAt }, CancellationToken.None);
        }
        catch (AuthentiqStoreException)
        {
            // It holds on this node all the same: a store that fails keeps what it was given for its own node.
        }
    }

    /// <summary>Whether the session that a shared sign-in began has ended. It counts as ended when that cannot be known.</summary>
    public async Task<bool> IsMarkedAsync(SessionBinding facts, CancellationToken cancellationToken)
    {
        try
        {
            // An earlier callback of the same sign-in has read this key: the cached result is too old.
            var find = revocations is DistributedRevocationStore shared ? shared.FindUncachedAsync(KeyOf(facts), cancellationToken) : revocations.FindAsync(KeyOf(facts), cancellationToken);
            return await find is not null;
        }
        catch (AuthentiqStoreException)
        {
            return true;
        }
    }

    private static string KeyOf(SessionBinding facts) => "session:" + Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{facts.SubjectKey}\n{facts.SessionIdKey}\n{facts.BeganAt.UtcTicks}"))));
}
