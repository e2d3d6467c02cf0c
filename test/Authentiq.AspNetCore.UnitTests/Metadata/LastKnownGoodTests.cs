using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class LastKnownGoodTests
{
    private readonly FakeTimeProvider _clock = new();
    private Func<Task<string>> _fetch = () => Task.FromResult("first");
    private int _fetches;

    [Fact]
    public async Task Whoever_asks_at_once_shares_one_fetch()
    {
        var arrives = new TaskCompletionSource<string>();
        _fetch = () => arrives.Task;
        var document = Create();

        var both = Task.WhenAll(document.FetchAsync(), document.FetchAsync());
        arrives.SetResult("first");

        (await both).ShouldBe(["first", "first"]);
        _fetches.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_leaves_the_last_good_one_and_is_not_repeated_at_once()
    {
        var document = Create();
        await document.FetchAsync();
        _fetch = () => throw new InvalidOperationException("down");

        await Should.ThrowAsync<InvalidOperationException>(document.FetchAsync());
        await Should.ThrowAsync<InvalidOperationException>(document.FetchAsync());

        document.Value.ShouldBe("first");
        _fetches.ShouldBe(2);
    }

    [Fact]
    public async Task Seconds_after_a_failure_it_is_tried_again()
    {
        var document = Create();
        _fetch = () => throw new InvalidOperationException("down");
        await Should.ThrowAsync<InvalidOperationException>(document.FetchAsync());
        _fetch = () => Task.FromResult("second");
        _clock.Advance(LastKnownGood<string>.RetryDelay);

        (await document.FetchAsync()).ShouldBe("second");
    }

    [Fact]
    public async Task A_caller_during_an_outage_costs_the_same_however_many_there_were()
    {
        var document = Create();
        _fetch = () => throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "down").ToException();
        await AllocatedAsync(document, callers: 200);

        var first = await AllocatedAsync(document, callers: 200);
        await AllocatedAsync(document, callers: 2000);
        var last = await AllocatedAsync(document, callers: 200);

        first.ShouldBeLessThan(200 * 16 * 1024);
        last.ShouldBeLessThan(2 * first);
    }

    // A failed call completes at once, so that all of it runs on this thread.
    private static async Task<long> AllocatedAsync(LastKnownGood<string> document, int callers)
    {
        await Should.ThrowAsync<SignInException>(document.FetchAsync());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < callers; i++)
        {
            try
            {
                await CallAsync(document, depth: 3);
            }
            catch (SignInException)
            {
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static async Task CallAsync(LastKnownGood<string> document, int depth) => await (depth == 0 ? document.FetchAsync() : CallAsync(document, depth - 1));

    private LastKnownGood<string> Create() => new(
        () =>
        {
            _fetches++;
            return _fetch();
        },
        _clock);
}
