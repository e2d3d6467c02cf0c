using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>Times in Redis: milliseconds since 1970.</summary>
internal static class RedisTime
{
    public static RedisValue Write(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset Read(RedisValue value) => DateTimeOffset.FromUnixTimeMilliseconds((long)value);
}
