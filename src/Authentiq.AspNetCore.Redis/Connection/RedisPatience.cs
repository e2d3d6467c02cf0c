namespace Authentiq.AspNetCore;

/// <summary>
/// An outage of the part of Redis that holds one kind of keys is waited for once, and not by every request. After a call that has waited for long the others are refused at once, except for one in each second that tries
/// again, until one is answered.
/// </summary>
internal sealed class RedisPatience(TimeProvider clock)
{
    private volatile AuthentiqStoreException? _failure;
    private long _nextTry;

    /// <exception cref="AuthentiqStoreException">Redis has not answered, and somebody else is trying.</exception>
    public void Spend()
    {
        if (_failure is { } failure && !IsMyTurn())
        {
            throw new AuthentiqStoreException(failure.Message);
        }
    }

    /// <summary>Redis has answered.</summary>
    public void Restore() => _failure = null;

    /// <summary>A call has waited for long.</summary>
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
