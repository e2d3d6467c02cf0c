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
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private Generation _young = new();
    private Generation _old = new();

    public ReadyTickets(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(static tickets => ((ReadyTickets<TTicket>)tickets!).Age(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => _young.Entries.Count + _old.Entries.Count;

    public bool TryGet(CookieText key, [NotNullWhen(true)] out TTicket? ticket)
    {
        if ((_young.Entries.TryGetValue(key, out var entry) || _old.Entries.TryGetValue(key, out entry)) && _clock.GetElapsedTime(entry.AddedAt) < MaxAge)
        {
            ticket = entry.Ticket;
            return true;
        }

        ticket = null;
        return false;
    }

    /// <summary>
    /// Whether a cookie was read before, as far as is known: only then is its ticket worth keeping. A user who opens one page costs no memory. The caller adds the ticket if so.
    /// </summary>
    public bool WasReadBefore(CookieText key)
    {
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

            _young.Entries[key] = new(ticket, readAt);
            _young.Bytes += bytes;
        }
    }

    public void Remove(CookieText key)
    {
        lock (_lock)
        {
            _young.Entries.TryRemove(key, out _);
            _old.Entries.TryRemove(key, out _);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            (_young, _old) = (new(), new());
        }
    }

    public void Dispose() => _timer.Dispose();

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
    }

    private readonly record struct Entry(TTicket Ticket, long AddedAt);
}
