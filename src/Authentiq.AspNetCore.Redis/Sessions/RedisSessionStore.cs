using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>Sessions in Redis: each a hash, found through one sorted set for its person and one for its session at the provider.</summary>
internal sealed class RedisSessionStore(RedisConnection redis, RedisKeys keys, TimeProvider clock) : IAuthentiqSessionStore
{
    public Task AddAsync(AuthentiqSession session, CancellationToken cancellationToken) =>
        RunAsync(SessionScripts.Add, session.Key, StoredSession.Write(session), cancellationToken);

    public async ValueTask<AuthentiqSession?> FindAsync(string key, CancellationToken cancellationToken) =>
        Live(key, await redis.RunAsync(database => database.HashGetAllAsync(keys.Session(key)), cancellationToken));

    public async Task<bool> ReplaceAsync(AuthentiqSession session, CancellationToken cancellationToken) =>
        (bool)await RunAsync(SessionScripts.Replace, session.Key, [session.Revision - 1, .. StoredSession.Write(session)], cancellationToken);

    public Task TouchAsync(string key, DateTimeOffset seenAt, CancellationToken cancellationToken) =>
        redis.RunAsync(database => database.ScriptEvaluateAsync(SessionScripts.Touch, [keys.Session(key)], [StoredSession.SeenAt, RedisTime.Write(seenAt)]), cancellationToken);

    public async Task<bool> RemoveAsync(string key, CancellationToken cancellationToken) =>
        (bool)await RunAsync(SessionScripts.Remove, key, [], cancellationToken);

    public async Task<IReadOnlyList<AuthentiqSession>> FindBySubjectAsync(string subjectKey, CancellationToken cancellationToken) =>
        [.. (await FindAllAsync(keys.SubjectPrefix + subjectKey, cancellationToken)).Where(session => session.SubjectKey == subjectKey)];

    public async Task<IReadOnlyList<AuthentiqSession>> FindBySessionIdAsync(string sessionIdKey, CancellationToken cancellationToken) =>
        [.. (await FindAllAsync(keys.SessionIdPrefix + sessionIdKey, cancellationToken)).Where(session => session.SessionIdKey == sessionIdKey)];

    // All at once: the calls share the connection, and none waits for another.
    private Task<List<AuthentiqSession>> FindAllAsync(RedisKey index, CancellationToken cancellationToken) => redis.RunAsync(
        async database =>
        {
            var members = await database.SortedSetRangeByRankAsync(index);
            var hashes = await Task.WhenAll(members.Select(member => database.HashGetAllAsync(keys.Session(member.ToString()))));
            RedisValue[] missing = [.. members.Where((_, i) => hashes[i].Length == 0)];
            if (missing.Length > 0)
            {
                await database.ScriptEvaluateAsync(SessionScripts.Drop, [index, keys.SessionPrefix], missing);
            }

            return members.Select((member, i) => Live(member.ToString(), hashes[i])).OfType<AuthentiqSession>().ToList();
        },
        cancellationToken);

    private AuthentiqSession? Live(string key, HashEntry[] entries) => StoredSession.Read(key, entries) is { } session && session.ExpiresAt > clock.GetUtcNow() ? session : null;

    private Task<RedisResult> RunAsync(string script, string key, IEnumerable<RedisValue> values, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [key, RedisTime.Write(clock.GetUtcNow()), keys.SubjectPrefix, keys.SessionIdPrefix, .. values];
        return redis.RunAsync(database => database.ScriptEvaluateAsync(script, [keys.Session(key)], arguments), cancellationToken);
    }
}
