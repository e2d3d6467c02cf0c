using Authentiq.TestSupport.Contracts;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class DistributedRevocationStoreTests : RevocationStoreContract
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    public DistributedRevocationStoreTests() => Store = new DistributedRevocationStore(
        new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())), Options.Create(new AuthentiqRevocationOptions()), _clock, NullLogger<AuthentiqHandler>.Instance);

    protected override IAuthentiqRevocationStore Store { get; }

    protected override DateTimeOffset Now => _clock.GetUtcNow();

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("x 2 3 token")]
    [InlineData("1 -2 3 token")]
    [InlineData("1 2 3 token more")]
    public void What_somebody_else_put_into_the_cache_is_no_revocation(string value) => CachedRevocation.Read("key", System.Text.Encoding.UTF8.GetBytes(value)).ShouldBeNull();

    [Fact]
    public void A_revocation_in_the_cache_is_the_one_that_was_put_there()
    {
        var revocation = Revocation();

        CachedRevocation.Read(revocation.Key, CachedRevocation.Write(revocation)).ShouldBe(revocation);
    }

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}
