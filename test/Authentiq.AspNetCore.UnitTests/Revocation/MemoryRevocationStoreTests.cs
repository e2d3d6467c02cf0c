using Authentiq.TestSupport;
using Authentiq.TestSupport.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class MemoryRevocationStoreTests : RevocationStoreContract
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    public MemoryRevocationStoreTests() => Store = new MemoryRevocationStore(_clock);

    protected override IAuthentiqRevocationStore Store { get; }

    protected override DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public async Task A_look_up_is_answered_without_waiting()
    {
        var revocation = Revocation();
        await Store.AddAsync(revocation, TestContext.Current.CancellationToken);

        Store.FindAsync(revocation.Key, TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        Store.FindAsync("another", TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_and_back_costs_no_logout()
    {
        var clock = new JumpingClock();
        var store = new MemoryRevocationStore(clock);
        var revocation = Revocation() with { ExpiresAt = clock.GetUtcNow().AddDays(14) };
        await store.AddAsync(revocation, TestContext.Current.CancellationToken);

        clock.Ahead = TimeSpan.FromDays(30);
        (await store.FindAsync(revocation.Key, TestContext.Current.CancellationToken)).ShouldBeNull();
        for (var i = 0; i < 1000; i++)
        {
            await store.AddAsync(Revocation() with { Key = $"another {i}", ProcessedTokenId = null, ExpiresAt = clock.GetUtcNow().AddDays(14) }, TestContext.Current.CancellationToken);
        }

        clock.Ahead = TimeSpan.Zero;
        (await store.FindAsync(revocation.Key, TestContext.Current.CancellationToken)).ShouldBe(revocation);
    }

    [Fact]
    public void The_memory_of_consumed_keys_is_bounded_and_the_one_that_expires_first_is_removed()
    {
        var keys = new ConsumedKeys(_clock);
        for (var i = 0; i <= ConsumedKeys.Capacity; i++)
        {
            keys.TryConsume($"{i}", Now.AddMinutes(1).AddTicks(i)).ShouldBeTrue();
        }

        keys.Count.ShouldBe(ConsumedKeys.Capacity);
        keys.TryConsume("1", Now.AddHours(1)).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromHours(1));
        keys.TryConsume("new", Now.AddHours(1)).ShouldBeTrue();
        keys.Count.ShouldBe(1);
    }

    [Fact]
    public void A_mark_that_was_released_can_be_made_again_and_lasts_as_long_as_the_new_one()
    {
        var keys = new ConsumedKeys(_clock);
        keys.TryConsume("key", Now.AddMinutes(1)).ShouldBeTrue();
        keys.Release("key");
        keys.Release("another");
        keys.TryConsume("key", Now.AddHours(1)).ShouldBeTrue();

        _clock.Advance(TimeSpan.FromMinutes(1));

        keys.TryConsume("key", Now.AddHours(1)).ShouldBeFalse();
    }

    [Fact]
    public void A_key_that_is_used_again_while_the_memory_is_full_pushes_nothing_out()
    {
        var keys = new ConsumedKeys(_clock);
        for (var i = 0; i < ConsumedKeys.Capacity; i++)
        {
            keys.TryConsume($"{i}", Now.AddMinutes(1).AddTicks(i)).ShouldBeTrue();
        }

        keys.TryConsume("0", Now.AddHours(1)).ShouldBeFalse();
        keys.TryConsume("0", Now.AddHours(1)).ShouldBeFalse();
        keys.Count.ShouldBe(ConsumedKeys.Capacity);
    }

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}
