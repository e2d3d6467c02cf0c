using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>Logouts in Redis. They are written there, and read from what this node already knows: no request waits for Redis, except those that come before the first answer.</summary>
internal sealed class RedisRevocationStore(RedisCalls<AuthentiqRevocation> redis, RedisKeys keys, RevocationMirror mirror, RevocationFeed feed, TimeProvider clock) : IAuthentiqRevocationStore
{
    private static readonly TimeSpan TokenMemory = TimeSpan.FromHours(1);

    public async Task AddAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken)
    {
        try
        {
            if (await WriteAsync(revocation, cancellationToken) is { } kept)
            {
                mirror.Refresh(kept);
            }
        }
        catch (AuthentiqStoreException)
        {
            // Not for all nodes, but here it is over already. The provider is told to repeat it for the others.
            mirror.Add(revocation);
            throw;
        }

        await feed.RingElsewhereAsync();
    }

    public ValueTask<AuthentiqRevocation?> FindAsync(string key, CancellationToken cancellationToken) =>
        mirror.Find(key) is { } known ? new(known) : mirror.IsCurrent ? default : FindLateAsync(key, cancellationToken);

    /// <summary>Atomic for all nodes. After an exception it is unknown whether the key was marked; a retry then returns <see langword="false"/> if it was.</summary>
    public async ValueTask<bool> TryConsumeAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return expiresAt > now
            && (bool)await redis.RunAsync(database => database.ScriptEvaluateAsync(ConsumeScript.Text, [keys.Consumed(key)], [RedisTime.Write(expiresAt), RedisTime.Write(now)]), cancellationToken);
    }

    private async ValueTask<AuthentiqRevocation?> FindLateAsync(string key, CancellationToken cancellationToken)
    {
        await feed.FirstAnswer.WaitAsync(cancellationToken);
        return mirror.Find(key) ?? (mirror.IsCurrent ? null : throw new AuthentiqStoreException("Redis does not answer, and what this node knows about logouts is too old."));
    }

    private async Task<AuthentiqRevocation?> WriteAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken)
    {
        var kept = await redis.RunAsync(database => database.ScriptEvaluateAsync(RevocationScripts.Add, KeysOf(revocation), ValuesOf(revocation)), cancellationToken, isUrgent: true);

        // Otherwise the logout token was known before, and what was stored with it has expired or cannot be read.
        return StoredRevocation.TryRead(revocation.Key, (RedisValue[])kept!, out var known) ? known : null;
    }

    private RedisKey[] KeysOf(AuthentiqRevocation revocation) => [keys.Token(revocation.ProcessedTokenId ?? ""), keys.Revocation(revocation.Key), keys.Changes, keys.Expiries];

    private RedisValue[] ValuesOf(AuthentiqRevocation revocation) =>
    [
        revocation.Key,
        RedisTime.Write(revocation.IssuedAt),
        RedisTime.WriteTicks(revocation.ReceivedAt),
        RedisTime.Write(revocation.ExpiresAt),
        revocation.ProcessedTokenId ?? "",
        RedisTime.Write(clock.GetUtcNow()),
        (long)TokenMemory.TotalMilliseconds,
        keys.RevocationPrefix,
        StoredRevocation.Version,
    ];
}
