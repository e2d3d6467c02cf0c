namespace Authentiq.AspNetCore;

/// <summary>Marks a key as used, and returns whether it was not marked before.</summary>
internal static class ConsumeScript
{
    // The mark holds its expiry time on the clock of the node, which can be ahead of the clock of the server. An unreadable value counts as a mark.
    public const string Text = """
        local known = redis.pcall('GET', KEYS[1])
        if known and not (type(known) == 'string' and known:match('^%d+$') and tonumber(known) <= tonumber(ARGV[2])) then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', math.max(1, tonumber(ARGV[1]) - tonumber(ARGV[2])))
        return 1
        """;
}
