namespace Authentiq.AspNetCore;

/// <summary>
/// Marks server-side sessions that have ended or changed in a store that several nodes share. While a mark exists, every node reads the session from the store and uses no copy of its own. The marks travel as
/// revocations do: with Redis they are pushed to every node. A node that does not receive one uses its copy for <see cref="MaxCopyAge"/> at most.
/// </summary>
internal sealed class SessionChangeMarks(IAuthentiqRevocationStore revocations, TimeProvider clock)
{
    /// <summary>The time for which a node may use a copy of a session.</summary>
    public static readonly TimeSpan MaxCopyAge = TimeSpan.FromSeconds(30);

    // The maximum difference between the clocks of two nodes.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>The name of the mark of a session.</summary>
    public static string KeyOf(string sessionKey) => "changed:" + sessionKey;

    /// <summary>Marks a session. When the mark cannot be stored, copies on other nodes are used until they expire.</summary>
    public async Task AddAsync(string sessionKey)
    {
        var now = clock.GetUtcNow();
        try
        {
            await revocations.AddAsync(new() { Key = KeyOf(sessionKey), ProcessedTokenId = null, IssuedAt = now, ReceivedAt = now, ExpiresAt = now + MaxCopyAge + ClockTolerance }, CancellationToken.None);
        }
        catch (AuthentiqStoreException)
        {
            // The session itself has changed in its store, which is what the caller requested.
        }
    }

    /// <summary>Whether a session is marked, or may be: a store that is unavailable cannot tell.</summary>
    public async ValueTask<bool> IsMarkedAsync(string markKey, CancellationToken cancellationToken)
    {
        try
        {
            return await revocations.FindAsync(markKey, cancellationToken) is not null;
        }
        catch (AuthentiqStoreException)
        {
            return true;
        }
    }
}
