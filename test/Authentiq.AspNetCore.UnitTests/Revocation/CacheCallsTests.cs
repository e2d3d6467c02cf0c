using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class CacheCallsTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly FakeLogger _log = new();
    private readonly AuthentiqRevocationOptions _options = new();
    private readonly CacheCalls _calls;

    public CacheCallsTests() => _calls = new(_options, _clock, _log);

    [Fact]
    public async Task What_is_known_is_trusted_for_a_time_from_the_first_failure()
    {
        await AnswerAsync();
        await FailAsync();
        _clock.Advance(_options.TrustFor);
        await FailAsync();
        _calls.MayTrust.ShouldBeTrue();

        _clock.Advance(TimeSpan.FromTicks(1));
        _calls.MayTrust.ShouldBeFalse();

        await AnswerAsync();
        _calls.MayTrust.ShouldBeTrue();
        _log.Collector.GetSnapshot().Select(entry => entry.Id.Name).ShouldBe(["StoreDoesNotAnswer", "StoreAnswersAgain"]);
    }

    [Fact]
    public async Task A_store_that_never_answered_leaves_nothing_to_trust()
    {
        await FailAsync();

        _calls.MayTrust.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_wants_to_refuse_trusts_nothing()
    {
        _options.WhenStoreFails = AuthentiqStoreFailureMode.Refuse;
        await AnswerAsync();
        await FailAsync();

        _calls.MayTrust.ShouldBeFalse();
    }

    [Fact]
    public async Task While_it_fails_one_request_tries_and_the_others_do_not_wait()
    {
        await FailAsync();
        var calls = 0;

        for (var i = 0; i < 10; i++)
        {
            await CallAsync(Count);
        }

        calls.ShouldBe(0);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CallAsync(Count)));
        calls.ShouldBe(1);

        Task<int> Count()
        {
            Interlocked.Increment(ref calls);
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public async Task A_store_that_hangs_does_not_answer()
    {
        var never = new TaskCompletionSource<int>();
        var call = _calls.CallAsync("find", _ => never.Task, evenIfFailing: false, CancellationToken.None);
        _clock.Advance(_options.CacheTimeout);

        await Should.ThrowAsync<AuthentiqStoreException>(call);
    }

    [Fact]
    public async Task Whoever_goes_away_says_nothing_about_the_store()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(_calls.CallAsync("find", async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return 0;
        }, evenIfFailing: false, gone.Token));
        _log.Collector.Count.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_store_says_about_itself_is_not_repeated()
    {
        var exception = await Should.ThrowAsync<AuthentiqStoreException>(_calls.CallAsync<int>("find", _ => throw new InvalidOperationException("GET a-secret-key failed"), evenIfFailing: false, CancellationToken.None));

        exception.ToString().ShouldNotContain("a-secret-key");
        _log.LatestRecord.Message.ShouldContain("InvalidOperationException");
        _log.LatestRecord.Message.ShouldNotContain("a-secret-key");
    }

    private Task<int> AnswerAsync() => _calls.CallAsync("find", _ => Task.FromResult(0), evenIfFailing: true, CancellationToken.None);

    private Task<AuthentiqStoreException> FailAsync() => Should.ThrowAsync<AuthentiqStoreException>(_calls.CallAsync<int>("find", _ => throw new InvalidOperationException(), evenIfFailing: true, CancellationToken.None));

    private Task<AuthentiqStoreException> CallAsync(Func<Task<int>> call) => Should.ThrowAsync<AuthentiqStoreException>(_calls.CallAsync("find", _ => call(), evenIfFailing: false, CancellationToken.None));
}
