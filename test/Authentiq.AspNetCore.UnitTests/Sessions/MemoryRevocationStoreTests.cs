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

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}
