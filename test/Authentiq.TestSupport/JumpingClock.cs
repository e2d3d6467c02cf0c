namespace Authentiq.TestSupport;

/// <summary>The system's clock, whose wall-clock time can be set ahead and back. Timestamps and timers are those of the system.</summary>
public sealed class JumpingClock : TimeProvider
{
    private long _aheadTicks;

    /// <summary>How far the wall clock is ahead.</summary>
    public TimeSpan Ahead
    {
        get => new(Volatile.Read(ref _aheadTicks));
        set => Volatile.Write(ref _aheadTicks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
