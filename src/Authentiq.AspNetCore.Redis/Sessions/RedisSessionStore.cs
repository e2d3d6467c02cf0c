using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// Stores sessions in Redis: each in a hash, with one sorted set per user and one per session at the provider as indexes. An unreadable session, such as one of a later version of this
/// package, is ignored and not removed.
/// </summary>
internal sealed class RedisSessionStore(
    RedisCalls<AuthentiqSession> redis, RedisKeys keys, UnreadableValues unreadable, IOptions<AuthentiqSessionOptions> options, TimeProvider clock, ILogger<RedisSessionStore> logger) : IAuthentiqSessionStore
{
    /// <summary>A session depends on its key alone.</summary>
    public bool AllowsCopies => true;

    // What Redis accepts as a time to live has an end.
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(365);

    private int Maximum => options.Value.MaxSessionsPerUser;

    public async Task AddAsync(AuthentiqSession session, CancellationToken cancellationToken)
    {
        var ended = (long)await RunAsync(SessionScripts.Add, session.Key, [keys.SessionPrefix, Maximum, .. StoredSession.Write(session)], cancellationToken);
        if (ended > 0)
        {
            logger.UserSessionLimitReached(Maximum);
        }
    }

    public ValueTask<AuthentiqSession?> FindAsync(string key, CancellationToken cancellationToken) =>
        new(redis.RunAsync(async database => Live(key, await ReadAsync(database, key)), cancellationToken));

    public async Task<AuthentiqSessionReplaceResult> ReplaceAsync(AuthentiqSession session, CancellationToken cancellationToken) =>
        (int)await RunAsync(SessionScripts.Replace, session.Key, [session.Revision - 1, .. StoredSession.Write(session)], cancellationToken) switch
        {
            SessionScripts.Replaced => AuthentiqSessionReplaceResult.Replaced,
            SessionScripts.Changed => AuthentiqSessionReplaceResult.ChangedMeanwhile,
            _ => AuthentiqSessionReplaceResult.Gone,
        };

    public Task TouchAsync(string key, DateTimeOffset lastSeenAt, CancellationToken cancellationToken) =>
        redis.RunAsync(database => database.ScriptEvaluateAsync(SessionScripts.Touch, [keys.Session(key)], [StoredSession.LastSeenAt, RedisTime.Write(lastSeenAt)]), cancellationToken);

    public async Task<bool> RemoveAsync(string key, CancellationToken cancellationToken) =>
        (bool)await RunAsync(SessionScripts.Remove, key, [], cancellationToken);

    public async Task<IReadOnlyList<AuthentiqSession>> FindBySubjectAsync(string subjectKey, int skip, int take, CancellationToken cancellationToken) =>
    [
        .. (await FindAllAsync(keys.SubjectPrefix + subjectKey, cancellationToken)).Where(session => session.SubjectKey == subjectKey)
            .OrderByDescending(session => session.LastSeenAt).ThenBy(session => session.Key, StringComparer.Ordinal)
            .Skip(skip).Take(take),
    ];

    public async Task<IReadOnlyList<AuthentiqSession>> FindBySessionIdAsync(string sessionIdKey, CancellationToken cancellationToken) =>
        [.. (await FindAllAsync(keys.SessionIdPrefix + sessionIdKey, cancellationToken)).Where(session => session.SessionIdKey == sessionIdKey)];

    public async Task<bool> TryAcquireLeaseAsync(string key, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        var milliseconds = (long)Math.Ceiling(Math.Min(duration.TotalMilliseconds, LongestLease.TotalMilliseconds));
        return (bool)await redis.RunAsync(database => database.ScriptEvaluateAsync(LeaseScripts.Acquire, [keys.Lease(key)], [owner, milliseconds]), cancellationToken);
    }

    public Task ReleaseLeaseAsync(string key, string owner, CancellationToken cancellationToken) =>
        redis.RunAsync(database => database.ScriptEvaluateAsync(LeaseScripts.Release, [keys.Lease(key)], [owner]), cancellationToken);

    // Reads the sessions that expire last, up to the maximum of a user, and more only if some are not readable.
    private Task<List<AuthentiqSession>> FindAllAsync(RedisKey index, CancellationToken cancellationToken) => redis.RunAsync(
        async database =>
        {
            List<AuthentiqSession> found = [];
            List<RedisValue> missing = [];
            for (var (start, isLast) = (0, false); !isLast && found.Count < Maximum; start += Maximum)
            {
                var members = await ReadIndexAsync(database, index, start);

                // The calls are pipelined on the connection.
                var hashes = await Task.WhenAll(members.Select(member => ReadAsync(database, member.ToString())));
                found.AddRange(members.Select((member, i) => Live(member.ToString(), hashes[i])).OfType<AuthentiqSession>());
                missing.AddRange(members.Where((_, i) => hashes[i] is []));
                isLast = members.Length < Maximum;
            }

            if (missing.Count > 0)
            {
                await database.ScriptEvaluateAsync(SessionScripts.Drop, [index, keys.SessionPrefix], [.. missing]);
            }

            return found;
        },
        cancellationToken);

    private async Task<RedisValue[]> ReadIndexAsync(IDatabase database, RedisKey index, int start)
    {
        try
        {
            return await database.SortedSetRangeByRankAsync(index, start, start + Maximum - 1L, Order.Descending);
        }
        catch (RedisServerException exception) when (RedisFailure.IsWrongType(exception))
        {
            unreadable.Report("an index of sessions");
            return [];
        }
    }

    /// <summary>The fields of a session: empty if it does not exist, and <see langword="null"/> if the value is not a hash.</summary>
    private async Task<HashEntry[]?> ReadAsync(IDatabase database, string key)
    {
        try
        {
            return await database.HashGetAllAsync(keys.Session(key));
        }
        catch (RedisServerException exception) when (RedisFailure.IsWrongType(exception))
        {
            return null;
        }
    }

    private AuthentiqSession? Live(string key, HashEntry[]? entries)
    {
        if (entries is [])
        {
            return null;
        }

        if (entries is null || !StoredSession.TryRead(key, entries, out var session))
        {
            unreadable.Report("a session");
            return null;
        }

        return session.ExpiresAt > clock.GetUtcNow() ? session : null;
    }

    private Task<RedisResult> RunAsync(string script, string key, IEnumerable<RedisValue> values, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [key, RedisTime.Write(clock.GetUtcNow()), keys.SubjectPrefix, keys.SessionIdPrefix, StoredSession.Version, .. values];
        return redis.RunAsync(database => database.ScriptEvaluateAsync(script, [keys.Session(key)], arguments), cancellationToken);
    }
}
