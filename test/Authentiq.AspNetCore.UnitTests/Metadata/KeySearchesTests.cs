using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class KeySearchesTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Sign_ins_have_four_searches_at_once_and_then_one_in_two_seconds()
    {
        var searches = new KeySearches(keys: null!, _clock);

        Taken(searches).ShouldBe(KeySearches.Burst);
        _clock.Advance(KeySearches.Interval - TimeSpan.FromTicks(1));
        Taken(searches).ShouldBe(0);
        _clock.Advance(TimeSpan.FromTicks(1));
        Taken(searches).ShouldBe(1);

        _clock.Advance(TimeSpan.FromHours(1));
        Taken(searches).ShouldBe(KeySearches.Burst, "a quiet hour saves nothing up");
    }

    private static int Taken(KeySearches searches) => Enumerable.Range(0, 20).Count(_ => searches.TryTake());
}
