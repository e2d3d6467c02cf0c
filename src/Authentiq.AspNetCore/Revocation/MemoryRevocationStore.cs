namespace Authentiq.AspNetCore;

/// <summary>Logouts in the memory of this process. A restart forgets them, and other nodes do not hear of them.</summary>
internal sealed class MemoryRevocationStore(TimeProvider clock) : IAuthentiqRevocationStore
{
    /// <summary>How long a logout token is remembered, so that the same one again has no effect.</summary>
    public static readonly TimeSpan TokenMemory = TimeSpan.FromHours(1);

    private readonly ExpiringMap<AuthentiqRevocation> _revocations = new(clock, static revocation => revocation.ExpiresAt);
    private readonly ConsumedKeys _consumed = new(clock);
    private readonly ExpiringMap<DateTimeOffset> _tokens = new(clock, static expiresAt => expiresAt);

    public Task AddAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken)
    {
        if (revocation.ProcessedTokenId is { } tokenId && _tokens.TryGet(tokenId, out _))
        {
            return Task.CompletedTask;
        }

        _revocations.Merge(revocation.Key, revocation, static (added, known) => added.MergeWith(known));
        if (revocation.ProcessedTokenId is { } added)
        {
            _tokens.Set(added, clock.GetUtcNow() + TokenMemory);
        }

        return Task.CompletedTask;
    }

    public ValueTask<AuthentiqRevocation?> FindAsync(string key, CancellationToken cancellationToken) => new(_revocations.TryGet(key, out var revocation) ? revocation : null);

    public ValueTask<bool> TryConsumeAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken) => new(_consumed.TryConsume(key, expiresAt));
}
