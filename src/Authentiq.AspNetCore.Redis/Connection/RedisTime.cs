using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>Times in Redis: milliseconds since 1970, which expire keys; ticks where a logout and a sign-in of the same millisecond must be told apart.</summary>
internal static class RedisTime
{
    public static RedisValue Write(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset Read(RedisValue value) => DateTimeOffset.FromUnixTimeMilliseconds((long)value);

    // A number of this length is not exact in Lua, where all numbers are doubles: compare it as text, which has 18 digits until the year 3169.
    public static RedisValue WriteTicks(DateTimeOffset time) => time.UtcTicks;

    public static DateTimeOffset ReadTicks(RedisValue value) => new((long)value, TimeSpan.Zero);
}
