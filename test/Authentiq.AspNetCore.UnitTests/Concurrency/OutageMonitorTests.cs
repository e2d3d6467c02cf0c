using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class OutageMonitorTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _log = [];
    private readonly OutageMonitor _monitor;

    public OutageMonitorTests() => _monitor = new(_clock, reason => _log.Add("start: " + reason), () => _log.Add("end"));

    [Fact]
    public void Without_an_outage_every_call_may_be_made()
    {
        _monitor.MayTry().ShouldBeTrue();
        _monitor.Succeed();
        _monitor.MayTry().ShouldBeTrue();
        _monitor.MayTry().ShouldBeTrue();
        _log.ShouldBeEmpty();
    }

    [Fact]
    public void During_an_outage_one_call_per_second_may_be_made()
    {
        _monitor.Fail("timeout");

        _monitor.MayTry().ShouldBeFalse();
        _clock.Advance(OutageMonitor.RetryInterval);
        _monitor.MayTry().ShouldBeTrue();
        _monitor.MayTry().ShouldBeFalse();
        _clock.Advance(OutageMonitor.RetryInterval);
        _monitor.MayTry().ShouldBeTrue();
    }

    [Fact]
    public void One_success_closes_the_circuit()
    {
        _monitor.Fail("timeout");

        _monitor.Succeed();

        _monitor.IsOpen.ShouldBeFalse();
        _monitor.Reason.ShouldBeNull();
        _monitor.MayTry().ShouldBeTrue();
        _monitor.MayTry().ShouldBeTrue();
    }

    [Fact]
    public void An_outage_and_its_end_are_reported_once()
    {
        _monitor.Succeed();

        _monitor.Fail("timeout");
        _monitor.Fail("no connection");
        _monitor.Succeed();
        _monitor.Succeed();
        _monitor.Fail("timeout");

        _log.ShouldBe(["start: timeout", "end", "start: timeout"]);
    }

    [Fact]
    public void Before_the_first_success_each_reason_is_reported_once()
    {
        _monitor.Fail("timeout");
        _monitor.Fail("authentication failed");
        _monitor.Fail("timeout");
        _monitor.Succeed();

        _log.ShouldBe(["start: timeout", "start: authentication failed", "end"]);
    }

    [Fact]
    public void Reasons_without_end_are_not_remembered_without_end()
    {
        for (var i = 0; i < 100; i++)
        {
            _monitor.Fail($"reason {i}");
        }

        _log.Count.ShouldBe(16);
    }

    [Fact]
    public void The_duration_is_that_of_the_whole_outage()
    {
        _monitor.Duration.ShouldBeNull();
        _monitor.Fail("timeout");
        _clock.Advance(TimeSpan.FromMinutes(2));
        _monitor.Fail("timeout");

        _monitor.Duration.ShouldBe(TimeSpan.FromMinutes(2));
        _monitor.Reason.ShouldBe("timeout");
    }

    [Fact]
    public async Task Of_many_concurrent_callers_one_may_try()
    {
        _monitor.Fail("timeout");
        _clock.Advance(OutageMonitor.RetryInterval);

        var tries = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(_monitor.MayTry)));

        tries.Count(mayTry => mayTry).ShouldBe(1);
    }
}
