using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>A revocation as Redis holds it: <c>issued</c> and <c>expires</c> in milliseconds, <c>received</c> in ticks, and the <c>token</c>.</summary>
internal static class StoredRevocation
{
    /// <summary>How many values make one.</summary>
    public const int Fields = 4;

    public static AuthentiqRevocation Read(string key, ReadOnlySpan<RedisValue> values) => new()
    {
        Key = key,
        IssuedAt = RedisTime.Read(values[0]),
        ReceivedAt = RedisTime.ReadTicks(values[1]),
        ExpiresAt = RedisTime.Read(values[2]),
        TokenId = values[3].IsNullOrEmpty ? null : values[3].ToString(),
    };
}
