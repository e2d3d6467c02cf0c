using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>Stores revocations in Redis and reads them from a copy in memory. A request waits for Redis only before the first read has completed.</summary>
internal sealed class RedisRevocationStore(RedisCalls<AuthentiqRevocation> redis, RedisKeys keys, RevocationMirror mirror, RevocationFeed feed, TimeProvider clock) : IAuthentiqRevocationStore
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    public async Task AddAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken)
    {
        using var activity = Traces.StartStoreCall(Traces.RevocationStore, "add");
        try
        {
            if (await WriteAsync(revocation, cancellationToken) is { } stored)
            {
                mirror.Refresh(stored);
            }
        }
        catch (AuthentiqStoreException)
        {
            // The revocation applies on this node. The response is 503, so that the provider retries and the other nodes get it.
            mirror.Add(revocation);
            activity.Fail(nameof(AuthentiqStoreException));
            throw;
        }

        await feed.PublishAsync();
    }

    public ValueTask<AuthentiqRevocation?> FindAsync(string key, CancellationToken cancellationToken) =>
        mirror.Find(key) is { } known ? new(known) : mirror.IsCurrent ? default : FindAfterFirstReadAsync(key, cancellationToken);

    /// <summary>Atomic for all nodes. After an exception it is unknown whether the key was marked; a retry then returns <see langword="false"/> if it was.</summary>
    public async ValueTask<bool> TryConsumeAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (expiresAt <= now)
        {
            return false;
        }

        using var activity = Traces.StartStoreCall(Traces.RevocationStore, "consume");
        try
        {
            return (bool)await redis.RunAsync(database => database.ScriptEvaluateAsync(ConsumeScript.Text, [keys.Consumed(key)], [RedisTime.Write(expiresAt), RedisTime.Write(now)]), cancellationToken);
        }
        catch (AuthentiqStoreException)
        {
            activity.Fail(nameof(AuthentiqStoreException));
            throw;
        }
    }

    private async ValueTask<AuthentiqRevocation?> FindAfterFirstReadAsync(string key, CancellationToken cancellationToken)
    {
        await feed.FirstRead.WaitAsync(cancellationToken);
        return mirror.Find(key) ?? (mirror.IsCurrent ? null : throw new AuthentiqStoreException("Redis is unavailable, and the cached revocations are too old."));
    }

    private async Task<AuthentiqRevocation?> WriteAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken)
    {
        var stored = await redis.RunAsync(database => database.ScriptEvaluateAsync(RevocationScripts.Add, KeysOf(revocation), ValuesOf(revocation)), cancellationToken, isUrgent: true);

        // Otherwise the logout token was already processed, and its revocation has expired or is not readable.
        return StoredRevocation.TryRead(revocation.Key, (RedisValue[])stored!, out var known) ? known : null;
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
        (long)TokenLifetime.TotalMilliseconds,
        keys.RevocationPrefix,
        StoredRevocation.Version,
    ];
}
