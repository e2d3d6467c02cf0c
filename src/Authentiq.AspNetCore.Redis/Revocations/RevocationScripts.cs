namespace Authentiq.AspNetCore;

/// <summary>
/// The atomic operations on revocations. Times are numbers on the clock of the node, as text (see <see cref="RedisTime"/>). If the connection is lost, a script has run completely or not at all.
/// A value of another program or another version under one of the keys does not make a script fail.
/// </summary>
internal static class RevocationScripts
{
    /// <summary>
    /// Stores a revocation, unless its logout token is known, merged as in <see cref="AuthentiqRevocation.MergeWith"/>. The number of a change is the time of the server, and always increases: a counter
    /// would restart when all revocations have expired. Returns the stored revocation of the key.
    /// </summary>
    public const string Add = Common + """
        local token, entry, changes, expiries = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
        local key, issued, received, expires, id, now, tokenTtl, prefix, version = unpack(ARGV)

        local function number(text, digits)
          return text and #text <= digits and text:match('^%d+$') and tonumber(text)
        end

        local known = read(entry)
        local knownIssued, knownExpires = number(known[1], 15), number(known[3], 15)
        local isKnown = known[5] == version and knownIssued and number(known[2], 18) and #known[2] == 18 and knownExpires and knownExpires > tonumber(now)

        local isNew = id == '' or redis.call('SET', token, '', 'PX', tokenTtl, 'NX')
        if isNew and not (isKnown and (knownIssued > tonumber(issued) or (id ~= '' and known[4] == id))) then
          if isKnown then
            if known[2] > received then received = known[2] end
            if knownExpires > tonumber(expires) then expires = known[3] end
            if id == '' and knownIssued == tonumber(issued) then id = known[4] or '' end
          else
            redis.call('DEL', entry)
          end

          rebuild(changes, expiries)
          for _, index in ipairs({ changes, expiries }) do
            local kind = redis.call('TYPE', index).ok
            if kind ~= 'zset' and kind ~= 'none' then redis.call('DEL', index) end
          end

          redis.call('ZREMRANGEBYSCORE', changes, limit, '+inf')
          local ttl = math.max(1, tonumber(expires) - tonumber(now))
          local time = redis.call('TIME')
          local last = redis.call('ZREVRANGE', changes, 0, 0, 'WITHSCORES')[2]
          local change = math.max(time[1] * 1000000 + time[2], (tonumber(last or '0')) + 1)
          redis.call('HSET', entry, 'issued', issued, 'received', received, 'expires', expires, 'token', id, 'v', version)
          redis.call('PEXPIRE', entry, ttl)
          redis.call('ZADD', changes, string.format('%.0f', change), key)
          redis.call('ZADD', expiries, expires, key)
          for _, index in ipairs({ changes, expiries }) do
            redis.call('PEXPIRE', index, math.max(ttl, redis.call('PTTL', index)))
          end

          for _, old in ipairs(redis.call('ZRANGEBYSCORE', expiries, '-inf', '(' .. now, 'LIMIT', 0, 100)) do
            if redis.call('EXISTS', prefix .. old) == 0 then redis.call('ZREM', changes, old) end
            redis.call('ZREM', expiries, old)
          end
        end

        return read(entry)
        """;

    /// <summary>
    /// Returns a page of changes after a number: the number of the last one, their count, the state of the index (1: read, 2: rebuilt and read, 0: not readable),
    /// and the key and values of each that has not expired. An unreadable revocation has no values. If the given number is higher than all numbers in the index, changes were lost in a failover, and the index
    /// is read from the start: the clock of the server can be behind, so that new changes have lower numbers.
    /// </summary>
    public const string Changes = Common + """
        local answer = { ARGV[1], 0, 1 }
        local function find()
          local last = redis.pcall('ZREVRANGEBYSCORE', KEYS[1], '(' .. limit, '-inf', 'WITHSCORES', 'LIMIT', 0, 1)
          if last.err then return last end
          if tonumber(last[2] or '0') < tonumber(answer[1]) then answer[1] = '0' end
          return redis.pcall('ZRANGEBYSCORE', KEYS[1], '(' .. answer[1], '(' .. limit, 'WITHSCORES', 'LIMIT', 0, ARGV[2])
        end

        local found = find()
        if found.err then
          if not rebuild(KEYS[1], KEYS[2]) then return { ARGV[1], 0, 0 } end
          answer[3] = 2
          found = find()
        end

        for i = 1, #found, 2 do
          answer[1] = found[i + 1]
          answer[2] = answer[2] + 1
          local known = read(ARGV[3] .. found[i])
          if known[1] or redis.call('EXISTS', ARGV[3] .. found[i]) == 1 then
            answer[#answer + 1] = found[i]
            for field = 1, 5 do answer[#answer + 1] = known[field] end
          end
        end
        return answer
        """;

    // A number above the exact range of a double was not written by this package. No later change would have a higher number.
    private const string Common = """
        local limit = '9000000000000000'

        local function read(entry)
          local known = redis.pcall('HMGET', entry, 'issued', 'received', 'expires', 'token', 'v')
          return known.err and { false, false, false, false, false } or known
        end

        -- An index of changes of another type is rebuilt from the index of expiries. Without that index it is not changed: an empty index would mean that there are no logouts.
        local function rebuild(changes, expiries)
          local kind = redis.call('TYPE', changes).ok
          if kind == 'zset' or kind == 'none' or redis.call('TYPE', expiries).ok ~= 'zset' then return false end
          redis.call('DEL', changes)
          local time = redis.call('TIME')
          for i, key in ipairs(redis.call('ZRANGE', expiries, 0, -1)) do
            redis.call('ZADD', changes, string.format('%.0f', time[1] * 1000000 + time[2] + i), key)
          end
          redis.call('PEXPIRE', changes, math.max(1, redis.call('PTTL', expiries)))
          return true
        end


        """;
}
