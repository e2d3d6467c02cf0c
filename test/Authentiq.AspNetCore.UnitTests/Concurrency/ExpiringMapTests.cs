using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class ExpiringMapTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly ExpiringMap<DateTimeOffset> _map;

    public ExpiringMapTests() => _map = new(_clock, value => value);

    [Fact]
    public void What_has_expired_is_swept_while_others_are_written()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _map.Set(Key(i), _clock.GetUtcNow().AddMinutes(1));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // A minute's worth is alive; twice of it and the smallest sweep is the most that may lie around.
        _map.Count.ShouldBeLessThan(200);
        Enumerable.Range(0, 10_000).Count(i => _map.TryGet(Key(i), out _)).ShouldBe(59);
    }

    [Fact]
    public void However_much_is_written_nothing_goes_before_its_time()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _map.Set(Key(i), _clock.GetUtcNow().AddMinutes(1));
        }

        _map.Count.ShouldBe(100_000);
    }

    [Fact]
    public void Writers_at_the_same_time_lose_nothing()
    {
        Parallel.For(0, 50_000, i => _map.Set(Key(i), _clock.GetUtcNow().AddMinutes(i % 2 == 0 ? 1 : -1)));

        Enumerable.Range(0, 50_000).Count(i => _map.TryGet(Key(i), out _)).ShouldBe(25_000);
    }

    [Fact]
    public void What_has_expired_is_not_merged_with()
    {
        _map.Set("a", _clock.GetUtcNow().AddMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(2));

        _map.Merge("a", _clock.GetUtcNow().AddMinutes(1), (_, _) => throw new InvalidOperationException("merged"));

        _map.TryGet("a", out _).ShouldBeTrue();
    }

    private static string Key(int i) => i.ToString(CultureInfo.InvariantCulture);
}
