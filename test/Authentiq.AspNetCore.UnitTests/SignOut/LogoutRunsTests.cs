using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class LogoutRunsTests
{
    [Fact]
    public async Task Deliveries_of_one_token_share_a_run_and_a_token_that_was_processed_does_not_run_again()
    {
        var runs = new LogoutRuns(new FakeTimeProvider());
        var end = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        Task<bool> RunAsync()
        {
            Interlocked.Increment(ref count);
            return end.Task;
        }

        var deliveries = Enumerable.Range(0, 5).Select(_ => runs.ShareAsync("token", RunAsync)).ToList();
        end.SetResult(true);
        await Task.WhenAll(deliveries);
        (await runs.ShareAsync("token", RunAsync)).ShouldBeTrue();
        count.ShouldBe(1);

        (await runs.ShareAsync("another token", RunAsync)).ShouldBeTrue();
        count.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_that_was_postponed_or_failed_runs_again()
    {
        var runs = new LogoutRuns(new FakeTimeProvider());

        (await runs.ShareAsync("token", () => Task.FromResult(false))).ShouldBeFalse();
        await Should.ThrowAsync<AuthentiqStoreException>(runs.ShareAsync("token", () => throw new AuthentiqStoreException()));

        (await runs.ShareAsync("token", () => Task.FromResult(true))).ShouldBeTrue();
    }
}
