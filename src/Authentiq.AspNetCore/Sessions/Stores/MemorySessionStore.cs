using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Sessions in this process. Looking one up takes no lock; every change takes the same one for less than a microsecond, so that key, indexes and order always agree.
/// It is bounded, by user and as a whole: beyond <see cref="AuthentiqSessionOptions.MaxSessionsPerUser"/> a user's own session that was seen longest ago ends; beyond
/// <see cref="AuthentiqSessionOptions.MaxSessions"/> an expired session is removed, or else the one of all that was seen longest ago.
/// </summary>
internal sealed class MemorySessionStore : IAuthentiqSessionStore, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FullSweepInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, LinkedListNode<AuthentiqSession>> _byKey = new(StringComparer.Ordinal);
    private readonly Lock _change = new();
    private readonly LinkedList<AuthentiqSession> _bySeen = new();
    private readonly SessionIndex _bySubject = new();
    private readonly SessionIndex _bySessionId = new();
    private readonly IOptions<AuthentiqSessionOptions> _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<MemorySessionStore> _logger;
    private readonly SessionLeases _leases;
    private readonly ITimer _sweeper;
    private DateTimeOffset _quietUntil;
    private DateTimeOffset _nextSweepOfFullStore;

    public MemorySessionStore(IOptions<AuthentiqSessionOptions> options, TimeProvider clock, ILogger<MemorySessionStore> logger)
    {
        _options = options;
        _clock = clock;
        _logger = logger;
        _leases = new(clock);
        _sweeper = clock.CreateTimer(static store => ((MemorySessionStore)store!).Sweep(), this, SweepInterval, SweepInterval);
    }

    /// <summary>How many sessions, persons and sessions at the provider are known.</summary>
    internal (int Sessions, int Subjects, int SessionIds) Count
    {
        get
        {
            lock (_change)
            {
                return (_bySeen.Count, _bySubject.Count, _bySessionId.Count);
            }
        }
    }

    public Task AddAsync(AuthentiqSession session, CancellationToken cancellationToken)
    {
        // Read without the lock: it only decides whether to look again under it.
        if (_bySeen.Count >= _options.Value.MaxSessions)
        {
            SweepIfFull();
        }

        AuthentiqSession? ofSameUser = null, ended = null;
        lock (_change)
        {
            // First, so that a user who signs in again and again takes the room of no other user.
            if (_bySubject.FindOldest(session.SubjectKey, _options.Value.MaxSessionsPerUser, _clock.GetUtcNow()) is { } oldest)
            {
                ofSameUser = oldest.Value;
                Remove(oldest);
            }

            if (_bySeen.Count >= _options.Value.MaxSessions)
            {
                ended = _bySeen.First!.Value;
                Remove(_bySeen.First);
            }

            var node = _bySeen.AddLast(session);
            _byKey[session.Key] = node;
            _bySubject.Add(session.SubjectKey, node);
            _bySessionId.Add(session.SessionIdKey, node);
        }

        if (ofSameUser is not null && IsLive(ofSameUser))
        {
            _logger.UserSessionLimitReached(_options.Value.MaxSessionsPerUser);
        }

        if (ended is not null && IsLive(ended))
        {
            LogCapacityReached();
        }

        return Task.CompletedTask;
    }

    public ValueTask<AuthentiqSession?> FindAsync(string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_byKey.TryGetValue(key, out var node) && IsLive(node.Value) ? node.Value : null);

    public Task<AuthentiqSessionReplaceResult> ReplaceAsync(AuthentiqSession session, CancellationToken cancellationToken)
    {
        lock (_change)
        {
            if (!_byKey.TryGetValue(session.Key, out var node) || !IsLive(node.Value))
            {
                return Task.FromResult(AuthentiqSessionReplaceResult.Gone);
            }

            if (node.Value.Revision != session.Revision - 1)
            {
                return Task.FromResult(AuthentiqSessionReplaceResult.ChangedMeanwhile);
            }

            _bySubject.Remove(node.Value.SubjectKey, node);
            _bySessionId.Remove(node.Value.SessionIdKey, node);
            _bySubject.Add(session.SubjectKey, node);
            _bySessionId.Add(session.SessionIdKey, node);
            See(node, session);
            return Task.FromResult(AuthentiqSessionReplaceResult.Replaced);
        }
    }

    public Task TouchAsync(string key, DateTimeOffset lastSeenAt, CancellationToken cancellationToken)
    {
        lock (_change)
        {
            if (_byKey.TryGetValue(key, out var node))
            {
                See(node, node.Value with { LastSeenAt = lastSeenAt });
            }
        }

        return Task.CompletedTask;
    }

    public Task<bool> RemoveAsync(string key, CancellationToken cancellationToken)
    {
        lock (_change)
        {
            if (!_byKey.TryGetValue(key, out var node))
            {
                return Task.FromResult(false);
            }

            Remove(node);
            return Task.FromResult(IsLive(node.Value));
        }
    }

    public Task<IReadOnlyList<AuthentiqSession>> FindBySubjectAsync(string subjectKey, int skip, int take, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AuthentiqSession>>(
        [.. FindLive(_bySubject, subjectKey).OrderByDescending(session => session.LastSeenAt).ThenBy(session => session.Key, StringComparer.Ordinal).Skip(skip).Take(take)]);

    public Task<IReadOnlyList<AuthentiqSession>> FindBySessionIdAsync(string sessionIdKey, CancellationToken cancellationToken) => Task.FromResult(FindLive(_bySessionId, sessionIdKey));

    public Task<bool> TryAcquireLeaseAsync(string key, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return Task.FromResult(_leases.TryAcquire(key, owner, duration, _options.Value.MaxSessions));
    }

    public Task ReleaseLeaseAsync(string key, string owner, CancellationToken cancellationToken)
    {
        _leases.Release(key, owner);
        return Task.CompletedTask;
    }

    public void Dispose() => _sweeper.Dispose();

    private IReadOnlyList<AuthentiqSession> FindLive(SessionIndex index, string name)
    {
        lock (_change)
        {
            return [.. index.Find(name).Where(IsLive)];
        }
    }

    private bool IsLive(AuthentiqSession session) => session.ExpiresAt > _clock.GetUtcNow();

    private void See(LinkedListNode<AuthentiqSession> node, AuthentiqSession session)
    {
        node.Value = session;
        _bySeen.Remove(node);
        _bySeen.AddLast(node);
    }

    private void Remove(LinkedListNode<AuthentiqSession> node)
    {
        _byKey.TryRemove(node.Value.Key, out _);
        _bySubject.Remove(node.Value.SubjectKey, node);
        _bySessionId.Remove(node.Value.SessionIdKey, node);
        _bySeen.Remove(node);
    }

    // Expired sessions make room before live ones do. A walk over a full store takes milliseconds, so there is at most one in a second.
    private void SweepIfFull()
    {
        lock (_change)
        {
            var now = _clock.GetUtcNow();
            if (_bySeen.Count < _options.Value.MaxSessions || now < _nextSweepOfFullStore)
            {
                return;
            }

            _nextSweepOfFullStore = now + FullSweepInterval;
        }

        Sweep();
    }

    // It walks without the lock, which it takes once for each session that has expired: sign-ins do not wait for it.
    private void Sweep()
    {
        foreach (var (key, node) in _byKey)
        {
            if (!IsLive(node.Value))
            {
                RemoveExpired(key);
            }
        }
    }

    private void RemoveExpired(string key)
    {
        lock (_change)
        {
            if (_byKey.TryGetValue(key, out var node) && !IsLive(node.Value))
            {
                Remove(node);
            }
        }
    }

    private void LogCapacityReached()
    {
        lock (_change)
        {
            var now = _clock.GetUtcNow();
            if (now < _quietUntil)
            {
                return;
            }

            _quietUntil = now + QuietTime;
        }

        _logger.SessionsGiveWay(_options.Value.MaxSessions);
    }
}
