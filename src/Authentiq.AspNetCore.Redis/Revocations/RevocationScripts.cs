namespace Authentiq.AspNetCore;

/// <summary>What must happen at once in Redis. Times are numbers of our clock, as text (see <see cref="RedisTime"/>); a script that is cut short by a lost connection has run whole or not at all.</summary>
internal static class RevocationScripts
{
    /// <summary>
    /// Keeps a revocation, unless its logout token is known, in the way of <see cref="AuthentiqRevocation.Over"/>. Changes are numbered by the server's clock, and never backwards: a number
    /// that were counted would begin anew when everything has expired. Answers what is now kept of the key.
    /// </summary>
    public const string Add = """
        local token, entry, changes, expiries = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
        local key, issued, received, expires, id, now, tokenTtl, prefix = unpack(ARGV)
        local known = redis.call('HMGET', entry, 'issued', 'received', 'expires', 'token')
        local isKnown = known[1] and tonumber(known[3]) > tonumber(now)

        local isNew = id == '' or redis.call('SET', token, '', 'PX', tokenTtl, 'NX')
        if isNew and not (isKnown and (tonumber(known[1]) > tonumber(issued) or (id ~= '' and known[4] == id))) then
          if isKnown then
            if known[2] > received then received = known[2] end
            if tonumber(known[3]) > tonumber(expires) then expires = known[3] end
          end

          local ttl = math.max(1, tonumber(expires) - tonumber(now))
          local time = redis.call('TIME')
          local last = redis.call('ZREVRANGE', changes, 0, 0, 'WITHSCORES')[2]
          local number = math.max(time[1] * 1000000 + time[2], (tonumber(last or '0')) + 1)
          redis.call('HSET', entry, 'issued', issued, 'received', received, 'expires', expires, 'token', id)
          redis.call('PEXPIRE', entry, ttl)
          redis.call('ZADD', changes, string.format('%.0f', number), key)
          redis.call('ZADD', expiries, expires, key)
          for _, index in ipairs({ changes, expiries }) do
            redis.call('PEXPIRE', index, math.max(ttl, redis.call('PTTL', index)))
          end

          for _, old in ipairs(redis.call('ZRANGEBYSCORE', expiries, '-inf', '(' .. now, 'LIMIT', 0, 100)) do
            if redis.call('EXISTS', prefix .. old) == 0 then redis.call('ZREM', changes, old) end
            redis.call('ZREM', expiries, old)
          end
        end

        return redis.call('HMGET', entry, 'issued', 'received', 'expires', 'token')
        """;

    /// <summary>The next so many changes after a number: the number of the last one, how many there were, and of each that has not expired its key and what is kept of it.</summary>
    public const string Changes = """
        local answer = { ARGV[1], 0 }
        local found = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
        for i = 1, #found, 2 do
          answer[1] = found[i + 1]
          answer[2] = answer[2] + 1
          local known = redis.call('HMGET', ARGV[3] .. found[i], 'issued', 'received', 'expires', 'token')
          if known[1] then
            answer[#answer + 1] = found[i]
            for field = 1, 4 do answer[#answer + 1] = known[field] end
          end
        end
        return answer
        """;
}
