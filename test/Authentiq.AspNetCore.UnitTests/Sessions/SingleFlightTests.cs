using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class SingleFlightTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TaskCompletionSource<int> _answer = new();
    private readonly SingleFlight<int> _flights;
    private int _acts;

    public SingleFlightTests() => _flights = new(_clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_come_at_once_share_one_act()
    {
        var first = ShareAsync();
        var second = ShareAsync();
        _answer.SetResult(42);

        (await first).ShouldBe(42);
        (await second).ShouldBe(42);
        _acts.ShouldBe(1);
    }

    [Fact]
    public async Task Another_name_is_another_act()
    {
        _answer.SetResult(42);
        await ShareAsync();
        await ShareAsync("another");

        _acts.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_comes_a_moment_later_gets_the_same_and_after_that_it_is_forgotten()
    {
        _answer.SetResult(42);
        await ShareAsync();
        _clock.Advance(SingleFlight<int>.Grace);
        await ShareAsync();
        _acts.ShouldBe(1);

        _clock.Advance(TimeSpan.FromTicks(1));
        await ShareAsync();
        _acts.ShouldBe(2);
    }

    [Fact]
    public async Task A_failure_is_shared_by_those_who_waited_and_the_next_one_tries_again()
    {
        var first = ShareAsync();
        var second = ShareAsync();
        _answer.SetException(new IOException("It is away."));

        await Should.ThrowAsync<IOException>(first);
        await Should.ThrowAsync<IOException>(second);
        await Should.ThrowAsync<IOException>(ShareAsync());
        _acts.ShouldBe(2);
    }

    [Fact]
    public async Task Who_stops_waiting_stops_nobody_else()
    {
        using var impatience = new CancellationTokenSource();
        var first = _flights.ShareAsync("name", ActAsync, impatience.Token);
        var second = ShareAsync();
        await impatience.CancelAsync();
        _answer.SetResult(42);

        await Should.ThrowAsync<OperationCanceledException>(first);
        (await second).ShouldBe(42);
        _acts.ShouldBe(1);
    }

    private Task<int> ShareAsync(string name = "name") => _flights.ShareAsync(name, ActAsync, Ct);

    private Task<int> ActAsync()
    {
        _acts++;
        return _answer.Task;
    }
}
