namespace Authentiq.AspNetCore;

/// <summary>
/// Decides when a node reads all logouts again: each <see cref="Interval"/>, as a failover may have given a number to a change that the node has passed, and when the wall clock has jumped, as the node may have
/// removed logouts that have not expired. It is not safe for concurrent use.
/// </summary>
internal sealed class ReloadSchedule(TimeProvider clock)
{
    /// <summary>The time after which all logouts are read again.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    // More than a clock is corrected by between two polls.
    private static readonly TimeSpan MaxDrift = TimeSpan.FromSeconds(5);

    private long _timestamp = clock.GetTimestamp();
    private DateTimeOffset _now = clock.GetUtcNow();
    private TimeSpan _sinceReload;

    /// <summary>Whether all logouts have to be read now. The next interval then begins.</summary>
    public bool TakeIfDue()
    {
        var (timestamp, now) = (clock.GetTimestamp(), clock.GetUtcNow());
        var elapsed = clock.GetElapsedTime(_timestamp, timestamp);
        var drift = now - _now - elapsed;
        (_timestamp, _now) = (timestamp, now);
        _sinceReload += elapsed;
        if (_sinceReload < Interval && drift.Duration() <= MaxDrift)
        {
            return false;
        }

        _sinceReload = TimeSpan.Zero;
        return true;
    }
}
