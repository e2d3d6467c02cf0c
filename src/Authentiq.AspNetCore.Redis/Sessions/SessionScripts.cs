namespace Authentiq.AspNetCore;

/// <summary>
/// The atomic operations on a session and its indexes. Times are milliseconds on the clock of the node. Every key has a time to live. A value of another program or another version under one of
/// the keys does not make a script fail.
/// </summary>
internal static class SessionScripts
{
    private const string Common = """
        local session, key, now = KEYS[1], ARGV[1], tonumber(ARGV[2])
        local indexes = { sub = ARGV[3], sid = ARGV[4] }

        local function get(hash, field)
          local value = redis.pcall('HGET', hash, field)
          return type(value) == 'string' and value
        end

        local function isLive(hash)
          return get(hash, 'v') == ARGV[5] and (tonumber(get(hash, 'expires') or '') or 0) > now
        end

        local function seen(hash)
          local time = get(hash, 'seen')
          return time and time:match('^%d+$') and tonumber(time) or 0
        end

        local function names(hash)
          return { sub = get(hash, 'sub'), sid = get(hash, 'sid') }
        end

        local function remove(hash, member)
          local live, old = isLive(hash), names(hash)
          redis.call('DEL', hash)
          for field, prefix in pairs(indexes) do
            if old[field] then redis.pcall('ZREM', prefix .. old[field], member) end
          end
          return live and 1 or 0
        end

        local function clear(name, kind)
          local actual = redis.call('TYPE', name).ok
          if actual ~= kind and actual ~= 'none' then redis.call('DEL', name) end
        end


        """;

    // Writes precede removals: a server without memory rejects a script at its first write.
    private const string Write = Common + """
        local function write(first)
          local old, ttl, isGiven = names(session), math.max(1, tonumber(ARGV[first]) - now), {}
          clear(session, 'hash')
          redis.call('HSET', session, 'expires', ARGV[first], unpack(ARGV, first + 1))
          redis.call('PEXPIRE', session, ttl)

          for i = first + 1, #ARGV, 2 do isGiven[ARGV[i]] = true end
          for _, field in ipairs({ 'sub', 'sid', 'issued', 'device', 'address' }) do
            if not isGiven[field] then redis.call('HDEL', session, field) end
          end

          local new = names(session)
          for field, prefix in pairs(indexes) do
            if old[field] and old[field] ~= new[field] then redis.pcall('ZREM', prefix .. old[field], key) end
            if new[field] then
              local index = prefix .. new[field]
              clear(index, 'zset')
              redis.call('ZADD', index, ARGV[first], key)
              redis.call('ZREMRANGEBYSCORE', index, '-inf', '(' .. ARGV[2])
              redis.call('PEXPIRE', index, math.max(ttl, redis.call('PTTL', index)))
            end
          end
        end


        """;

    /// <summary>
    /// Stores a new session, and ends the least recently seen sessions of the same user above a maximum. Returns the number of ended sessions: usually one; after the maximum was lowered there can
    /// be more, of which a script ends at most a hundred.
    /// </summary>
    public const string Add = Write + """
        write(8)
        local subject, ended = get(session, 'sub'), 0
        if not subject then return 0 end

        local index, maximum = indexes.sub .. subject, tonumber(ARGV[7])
        local excess = math.min(redis.call('ZCARD', index) - maximum, 100)
        if excess <= 0 then return 0 end

        local others = {}
        for _, member in ipairs(redis.call('ZRANGE', index, 0, maximum + excess - 1)) do
          if member ~= key then
            others[#others + 1] = { member = member, seen = seen(ARGV[6] .. member) }
          end
        end

        table.sort(others, function(a, b) return a.seen < b.seen end)
        for i = 1, math.min(excess, #others) do
          ended = ended + remove(ARGV[6] .. others[i].member, others[i].member)
          redis.call('ZREM', index, others[i].member)
        end
        return ended
        """;

    public const int Replaced = 1;
    public const int Changed = 2;

    /// <summary>Replaces one revision of a session. Returns <see cref="Replaced"/>, <see cref="Changed"/> when another revision is stored, or 0 when the session does not exist.</summary>
    public const string Replace = Write + """
        if not isLive(session) then return 0 end
        if get(session, 'revision') ~= ARGV[6] then return 2 end
        write(7)
        return 1
        """;

    /// <summary>Changes one value of an existing session.</summary>
    public const string Touch = """
        if redis.call('TYPE', KEYS[1]).ok == 'hash' then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
        """;

    /// <summary>Removes a session. Returns whether it had not expired.</summary>
    public const string Remove = Common + """
        return remove(session, key)
        """;

    /// <summary>Removes missing sessions from an index. Each is looked up again, as it may have been created in the meantime.</summary>
    public const string Drop = """
        for _, key in ipairs(ARGV) do
          if redis.call('EXISTS', KEYS[2] .. key) == 0 then redis.call('ZREM', KEYS[1], key) end
        end
        """;
}
