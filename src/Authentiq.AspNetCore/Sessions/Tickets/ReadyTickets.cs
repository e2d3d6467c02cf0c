using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Authentiq.AspNetCore;

/// <summary>
/// The first level of sessions: tickets that were read within <see cref="MaxAge"/>, by the cookie. There are two generations, and when the younger one is full or old it replaces the older one: neither
/// a look-up nor an addition depends on the number of tickets.
/// </summary>
/// <typeparam name="TTicket">A ready ticket, with what its owner must know to use it again.</typeparam>
internal sealed class ReadyTickets<TTicket> : IDisposable where TTicket : class
{
    /// <summary>The time after which a ticket is read again.</summary>
    public static TimeSpan MaxAge => SessionChangeMarks.MaxCopyAge;

    /// <summary>The maximum number of tickets in a generation.</summary>
    public const int Capacity = 10_000;

    /// <summary>The maximum size of the tickets in a generation, by their own estimate.</summary>
    public const int CapacityBytes = 64 * 1024 * 1024;

    private const int Slots = 16_384;

    private readonly Lock _lock = new();
    private readonly int[] _seen = new int[Slots];
    private readonly KeyRing _keys;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private Generation _young = new();
    private Generation _old = new();
    private long _keyChanges;

    /// <param name="keys">The keys that tickets are decrypted with. Their change discards all tickets.</param>
    /// <param name="clock">The clock.</param>
    public ReadyTickets(KeyRing keys, TimeProvider clock)
    {
        (_keys, _clock) = (keys, clock);
        _timer = clock.CreateTimer(static tickets => ((ReadyTickets<TTicket>)tickets!).Age(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => _young.Entries.Count + _old.Entries.Count;

    public bool TryGet(CookieText key, [NotNullWhen(true)] out TTicket? ticket)
    {
        if (_keys.Changes is var changes && changes != Volatile.Read(ref _keyChanges))
        {
            Clear(changes);
        }

        if ((_young.Entries.TryGetValue(key, out var entry) || _old.Entries.TryGetValue(key, out entry)) && _clock.GetElapsedTime(entry.AddedAt) < MaxAge)
        {
            ticket = entry.Ticket;
            return true;
        }

        ticket = null;
        return false;
    }

    /// <summary>
    /// Whether the caller should add the ticket that it has read: from the second reading of a cookie on, so that a user who opens one page costs no memory, and when it was decrypted with the current keys.
    /// </summary>
    public bool ShouldAdd(CookieText key)
    {
        if (_keys.IsReloading)
        {
            return false;
        }

        ref var slot = ref _seen[(uint)key.GetHashCode() % Slots];
        var wasRead = slot == key.GetHashCode();
        slot = key.GetHashCode();
        return wasRead;
    }

    /// <summary>Adds a ticket, or replaces the one with the same key.</summary>
    /// <param name="key">The cookie.</param>
    /// <param name="ticket">The ticket.</param>
    /// <param name="bytes">Its size, without the key.</param>
    /// <param name="readAt">The timestamp of the moment before it was read: a change after it is not in the ticket.</param>
    public void Add(CookieText key, TTicket ticket, int bytes, long readAt)
    {
        bytes += key.Length * 2;
        lock (_lock)
        {
            if (_young.Entries.Count >= Capacity || _young.Bytes + bytes > CapacityBytes)
            {
                Replace();
            }

            if (_young.Entries.IsEmpty)
            {
                _timer.Change(MaxAge, Timeout.InfiniteTimeSpan);
            }

            _young.Bytes += bytes - (_young.Entries.TryGetValue(key, out var replaced) ? replaced.Bytes : 0);
            _young.Entries[key] = new(ticket, bytes, readAt);
        }
    }

    public void Remove(CookieText key)
    {
        lock (_lock)
        {
            _young.Remove(key);
            _old.Remove(key);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Clear(long keyChanges)
    {
        lock (_lock)
        {
            (_young, _old) = (new(), new());
            Volatile.Write(ref _keyChanges, keyChanges);
        }
    }

    private void Age()
    {
        lock (_lock)
        {
            Replace();
            if (!_old.Entries.IsEmpty)
            {
                _timer.Change(MaxAge, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Replace() => (_young, _old) = (new(), _young);

    private sealed class Generation
    {
        public ConcurrentDictionary<CookieText, Entry> Entries { get; } = new();

        public long Bytes { get; set; }

        public void Remove(CookieText key) => Bytes -= Entries.TryRemove(key, out var removed) ? removed.Bytes : 0;
    }

    private readonly record struct Entry(TTicket Ticket, int Bytes, long AddedAt);
}
