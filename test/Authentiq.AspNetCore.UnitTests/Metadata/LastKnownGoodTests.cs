using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class LastKnownGoodTests
{
    private readonly FakeTimeProvider _clock = new();
    private Func<Task<string>> _fetch = () => Task.FromResult("first");
    private int _fetches;

    [Fact]
    public async Task Concurrent_callers_share_one_fetch()
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
    public async Task A_failed_fetch_keeps_the_cached_document_and_is_not_repeated_immediately()
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
    public async Task A_failed_fetch_is_repeated_after_two_seconds()
    {
        var document = Create();
        _fetch = () => throw new InvalidOperationException("down");
        await Should.ThrowAsync<InvalidOperationException>(document.FetchAsync());
        _fetch = () => Task.FromResult("second");
        _clock.Advance(LastKnownGood<string>.RetryDelay);

        (await document.FetchAsync()).ShouldBe("second");
    }

    [Fact]
    public async Task The_cost_of_a_call_during_an_outage_does_not_depend_on_the_number_of_calls()
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

    // A failed call completes synchronously, so that all of it runs on this thread.
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
