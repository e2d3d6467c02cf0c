namespace Authentiq.AspNetCore;

/// <summary>What must happen at once in Redis, so that a session and its indexes agree. Times are milliseconds of our clock; everything that is written gets a time to live.</summary>
internal static class SessionScripts
{
    private const string Common = """
        local session, key, now = KEYS[1], ARGV[1], tonumber(ARGV[2])
        local indexes = { sub = ARGV[3], sid = ARGV[4] }

        local function isLive()
          local expires = redis.call('HGET', session, 'expires')
          return expires and tonumber(expires) > now
        end

        local function names()
          return { sub = redis.call('HGET', session, 'sub'), sid = redis.call('HGET', session, 'sid') }
        end


        """;

    // What adds comes before what removes: a server without memory refuses a script at its first write, if that one adds.
    private const string Write = Common + """
        local function write(first)
          local old, ttl, isGiven = names(), math.max(1, tonumber(ARGV[first]) - now), {}
          redis.call('HSET', session, 'expires', ARGV[first], unpack(ARGV, first + 1))
          redis.call('PEXPIRE', session, ttl)

          for i = first + 1, #ARGV, 2 do isGiven[ARGV[i]] = true end
          for _, field in ipairs({ 'sub', 'sid', 'issued', 'device', 'address' }) do
            if not isGiven[field] then redis.call('HDEL', session, field) end
          end

          local new = names()
          for field, prefix in pairs(indexes) do
            if old[field] and old[field] ~= new[field] then redis.call('ZREM', prefix .. old[field], key) end
            if new[field] then
              local index = prefix .. new[field]
              redis.call('ZADD', index, ARGV[first], key)
              redis.call('ZREMRANGEBYSCORE', index, '-inf', '(' .. ARGV[2])
              redis.call('PEXPIRE', index, math.max(ttl, redis.call('PTTL', index)))
            end
          end
        end


        """;

    /// <summary>Keeps a new session.</summary>
    public const string Add = Write + """
        write(5)
        """;

    /// <summary>Writes a session anew over one revision. Answers whether it did.</summary>
    public const string Replace = Write + """
        if not isLive() or redis.call('HGET', session, 'revision') ~= ARGV[5] then return 0 end
        write(6)
        return 1
        """;

    /// <summary>Changes one value of a session that is there.</summary>
    public const string Touch = """
        if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
        """;

    /// <summary>Ends a session. Answers whether it was still live.</summary>
    public const string Remove = Common + """
        local live, old = isLive(), names()
        redis.call('DEL', session)
        for field, prefix in pairs(indexes) do
          if old[field] then redis.call('ZREM', prefix .. old[field], key) end
        end
        return live and 1 or 0
        """;

    /// <summary>Drops from an index the sessions that are not there. Each is looked for again, as one may have begun since.</summary>
    public const string Drop = """
        for _, key in ipairs(ARGV) do
          if redis.call('EXISTS', KEYS[2] .. key) == 0 then redis.call('ZREM', KEYS[1], key) end
        end
        """;
}
