namespace Authentiq.AspNetCore;

/// <summary>Marks a key as used, and returns whether it was not before.</summary>
internal static class ConsumeScript
{
    // The mark holds the time at which it expires by our clock, which may be ahead of the server's. A value that cannot be read counts as a mark.
    public const string Text = """
        local known = redis.pcall('GET', KEYS[1])
        if known and not (type(known) == 'string' and known:match('^%d+$') and tonumber(known) <= tonumber(ARGV[2])) then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', math.max(1, tonumber(ARGV[1]) - tonumber(ARGV[2])))
        return 1
        """;
}
