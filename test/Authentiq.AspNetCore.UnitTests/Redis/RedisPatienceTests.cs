using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class RedisPatienceTests
{
    private static readonly AuthentiqStoreException TooLong = new("Redis is unavailable: timeout.");

    private readonly FakeTimeProvider _clock = new();
    private readonly RedisPatience _patience;

    public RedisPatienceTests() => _patience = new(_clock);

    [Fact]
    public void While_Redis_answers_every_call_may_wait()
    {
        _patience.Spend();
        _patience.Spend();
    }

    [Fact]
    public void After_a_call_that_took_too_long_the_next_ones_are_refused_for_the_same_reason()
    {
        _patience.Lose(TooLong);

        Should.Throw<AuthentiqStoreException>(_patience.Spend).Message.ShouldBe(TooLong.Message);
    }

    [Fact]
    public void One_call_in_a_second_tries_again()
    {
        _patience.Lose(TooLong);
        _clock.Advance(TimeSpan.FromSeconds(1));

        _patience.Spend();
        Should.Throw<AuthentiqStoreException>(_patience.Spend);

        _clock.Advance(TimeSpan.FromSeconds(1));
        _patience.Spend();
    }

    [Fact]
    public void One_answer_lets_every_call_through_again()
    {
        _patience.Lose(TooLong);

        _patience.Restore();

        _patience.Spend();
        _patience.Spend();
    }
}
