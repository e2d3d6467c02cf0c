using System.Globalization;
using Authentiq.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class SessionLeasesTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void As_many_are_held_as_fit_and_none_is_taken_from_its_owner()
    {
        var leases = new SessionLeases(_clock);
        foreach (var number in Enumerable.Range(0, 3))
        {
            leases.TryAcquire(Key(number), "a", Duration, maximum: 3).ShouldBeTrue();
        }

        leases.TryAcquire(Key(3), "a", Duration, maximum: 3).ShouldBeFalse();
        leases.TryAcquire(Key(2), "a", Duration, maximum: 3).ShouldBeTrue("it is held already");
        leases.TryAcquire(Key(0), "b", Duration, maximum: 3).ShouldBeFalse();

        leases.Release(Key(1), "a");
        leases.TryAcquire(Key(3), "a", Duration, maximum: 3).ShouldBeTrue();

        _clock.Advance(Duration);
        leases.TryAcquire(Key(4), "a", Duration, maximum: 3).ShouldBeTrue("those that have expired make room");
        leases.Count.ShouldBe(1);
    }

    [Fact]
    public void Leases_that_are_never_released_do_not_pile_up()
    {
        var leases = new SessionLeases(_clock);
        for (var number = 0; number < 10_000; number++)
        {
            leases.TryAcquire(Key(number), "a", Duration, maximum: 100_000).ShouldBeTrue();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        leases.Count.ShouldBeLessThanOrEqualTo(64);
    }

    [Fact]
    public void A_wall_clock_that_jumps_neither_ends_a_lease_nor_keeps_one()
    {
        var clock = new JumpingClock();
        var leases = new SessionLeases(clock);
        leases.TryAcquire("long", "a", TimeSpan.FromHours(1), maximum: 10).ShouldBeTrue();
        leases.TryAcquire("brief", "a", TimeSpan.FromTicks(1), maximum: 10).ShouldBeTrue();

        clock.Ahead = TimeSpan.FromDays(1);
        leases.TryAcquire("long", "b", Duration, maximum: 10).ShouldBeFalse();

        clock.Ahead = TimeSpan.FromDays(-1);
        leases.TryAcquire("brief", "b", Duration, maximum: 10).ShouldBeTrue();
    }

    private static string Key(int number) => number.ToString(CultureInfo.InvariantCulture);
}
