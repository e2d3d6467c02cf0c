using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>Times in Redis: milliseconds since 1970 for expiry; ticks if the order of a logout and a sign-in in the same millisecond matters.</summary>
internal static class RedisTime
{
    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static RedisValue Write(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static bool TryRead(RedisValue value, out DateTimeOffset time)
    {
        var isTime = TryReadNumber(value, out var milliseconds) && milliseconds <= LastMillisecond;
        time = isTime ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return isTime;
    }

    // Lua numbers are doubles and cannot represent ticks exactly: compare them as text, which has 18 digits until the year 3169.
    public static RedisValue WriteTicks(DateTimeOffset time) => time.UtcTicks;

    public static bool TryReadTicks(RedisValue value, out DateTimeOffset time)
    {
        var isTime = TryReadNumber(value, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks;
        time = isTime ? new(ticks, TimeSpan.Zero) : default;
        return isTime;
    }

    // A missing value would be read as 0.
    private static bool TryReadNumber(RedisValue value, out long number)
    {
        number = 0;
        return !value.IsNull && value.TryParse(out number) && number >= 0;
    }
}
