namespace Authentiq.AspNetCore;

/// <summary>
/// The leases of sessions in Redis: each a text that names its owner, with a time to live. The time is measured by the server, so that the clocks of the nodes may differ. What another program has put under one of the keys
/// is not a lease, and no script fails on it.
/// </summary>
internal static class LeaseScripts
{
    /// <summary>Acquires a lease, or extends that of the same owner. Returns whether the owner holds it.</summary>
    public const string Acquire = """
        local owner = redis.pcall('GET', KEYS[1])
        if type(owner) == 'string' and owner ~= ARGV[1] and redis.call('PTTL', KEYS[1]) >= 0 then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    /// <summary>Releases a lease of this owner.</summary>
    public const string Release = """
        if redis.pcall('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
        """;
}
