using Authentiq.TestSupport.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class MemorySessionStoreContractTests : SessionStoreContract, IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly MemorySessionStore _store;

    public MemorySessionStoreContractTests() => _store = new(Options.Create(new AuthentiqSessionOptions { MaxSessionsPerUser = MaximumPerUser }), _clock, NullLogger<MemorySessionStore>.Instance);

    protected override IAuthentiqSessionStore Store => _store;

    protected override DateTimeOffset Now => _clock.GetUtcNow();

    public void Dispose() => _store.Dispose();

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }

    protected override Task PassLeaseAsync(TimeSpan time) => PassAsync(time);
}
