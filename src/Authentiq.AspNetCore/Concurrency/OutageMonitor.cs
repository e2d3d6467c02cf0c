// One file for both packages: neither shows it to applications, and the package for Redis sees only the public types of the other.
#if AUTHENTIQ_REDIS
namespace Authentiq.AspNetCore.Redis;
#else
namespace Authentiq.AspNetCore;
#endif

/// <summary>
/// Tracks the outages of a dependency. An outage starts with the first failure and ends with the next success; each is reported once. Before the first success ever, each reason is reported once: the first one
/// is often not the cause. During an outage the circuit is open: one caller per second may try, and the others fail at once.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="onStart">Reports an outage, with its reason.</param>
/// <param name="onEnd">Reports the end of an outage.</param>
internal sealed class OutageMonitor(TimeProvider clock, Action<string>? onStart = null, Action? onEnd = null)
{
    /// <summary>The time between two attempts during an outage.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private const int MaxReasons = 16;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _reasons = new(StringComparer.Ordinal);
    private volatile bool _isOpen;
    private volatile bool _hasSucceeded;
    private long _startedAt;
    private long _nextTry;

    /// <summary>Whether the last call failed.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Whether any call has succeeded.</summary>
    public bool HasSucceeded => _hasSucceeded;

    /// <summary>The reason of the last failure; <see langword="null"/> when the last call succeeded.</summary>
    public string? Reason { get; private set; }

    /// <summary>The time since the outage started; <see langword="null"/> when the last call succeeded.</summary>
    public TimeSpan? Duration
    {
        get
        {
            lock (_lock)
            {
                return _isOpen ? clock.GetElapsedTime(_startedAt) : null;
            }
        }
    }

    /// <summary>Whether a call may be made: always when there is no outage, and once per <see cref="RetryInterval"/> during one.</summary>
    public bool MayTry()
    {
        if (!_isOpen)
        {
            return true;
        }

        lock (_lock)
        {
            if (_isOpen && clock.GetElapsedTime(_nextTry) < TimeSpan.Zero)
            {
                return false;
            }

            SetNextTry();
            return true;
        }
    }

    /// <summary>Records a successful call.</summary>
    public void Succeed()
    {
        if (!_isOpen && _hasSucceeded)
        {
            return;
        }

        bool hasEnded;
        lock (_lock)
        {
            hasEnded = _isOpen;
            (_isOpen, _hasSucceeded, Reason) = (false, true, null);
            _reasons.Clear();
        }

        if (hasEnded)
        {
            onEnd?.Invoke();
        }
    }

    /// <summary>Records a failed call.</summary>
    /// <param name="reason">The text for the log.</param>
    public void Fail(string reason)
    {
        bool isNew;
        lock (_lock)
        {
            isNew = !_isOpen || (!_hasSucceeded && _reasons.Count < MaxReasons && !_reasons.Contains(reason));
            if (!_isOpen)
            {
                _startedAt = clock.GetTimestamp();
            }

            (_isOpen, Reason) = (true, reason);
            _reasons.Add(reason);
            SetNextTry();
        }

        if (isNew)
        {
            onStart?.Invoke(reason);
        }
    }

    private void SetNextTry() => _nextTry = clock.GetTimestamp() + (long)(RetryInterval.TotalSeconds * clock.TimestampFrequency);
}
