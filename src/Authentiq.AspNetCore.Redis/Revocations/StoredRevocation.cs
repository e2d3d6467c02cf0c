using System.Diagnostics.CodeAnalysis;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>A revocation as Redis holds it: <c>issued</c> and <c>expires</c> in milliseconds, <c>received</c> in ticks, the <c>token</c> that was processed, and the version of the format (<c>v</c>).</summary>
internal static class StoredRevocation
{
    /// <summary>How many values make one.</summary>
    public const int Fields = 5;

    /// <summary>The only version that this one reads. A later version of the package that changes the meaning of a field writes the next number.</summary>
    public const int Version = 1;

    /// <summary>Reads what the scripts return of a key.</summary>
    /// <returns>Whether it is a revocation in the format of this version.</returns>
    public static bool TryRead(string key, ReadOnlySpan<RedisValue> values, [NotNullWhen(true)] out AuthentiqRevocation? revocation)
    {
        revocation = null;
        if (values.Length != Fields
            || values[4] != Version
            || !RedisTime.TryRead(values[0], out var issuedAt)
            || !RedisTime.TryReadTicks(values[1], out var receivedAt)
            || !RedisTime.TryRead(values[2], out var expiresAt))
        {
            return false;
        }

        revocation = new()
        {
            Key = key,
            IssuedAt = issuedAt,
            ReceivedAt = receivedAt,
            ExpiresAt = expiresAt,
            ProcessedTokenId = values[3].IsNullOrEmpty ? null : values[3].ToString(),
        };
        return true;
    }
}
