namespace Authentiq.AspNetCore;

/// <summary>
/// A circuit breaker for one kind of keys. After a timeout, calls fail immediately, except one per second that is tried, until a call
/// succeeds.
/// </summary>
internal sealed class RedisPatience(TimeProvider clock)
{
    private volatile AuthentiqStoreException? _failure;
    private long _nextTry;

    /// <exception cref="AuthentiqStoreException">The circuit is open, and another call is being tried.</exception>
    public void Spend()
    {
        if (_failure is { } failure && !IsMyTurn())
        {
            throw new AuthentiqStoreException(failure.Message);
        }
    }

    /// <summary>Closes the circuit after a successful call.</summary>
    public void Restore() => _failure = null;

    /// <summary>Opens the circuit after a timeout.</summary>
    public void Lose(AuthentiqStoreException failure)
    {
        Volatile.Write(ref _nextTry, clock.GetTimestamp() + clock.TimestampFrequency);
        _failure = failure;
    }

    private bool IsMyTurn()
    {
        var (now, next) = (clock.GetTimestamp(), Volatile.Read(ref _nextTry));
        return now >= next && Interlocked.CompareExchange(ref _nextTry, now + clock.TimestampFrequency, next) == next;
    }
}
