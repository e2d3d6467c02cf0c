using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>What sessions weigh. Nothing else may allocate meanwhile, so these run by themselves.</summary>
[CollectionDefinition(nameof(SessionMemoryTests), DisableParallelization = true)]
[Collection(nameof(SessionMemoryTests))]
public sealed class SessionMemoryTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3 * 1024, 5632)]
    [InlineData(0, 1500)]
    public async Task A_session_takes_little_memory(int tokenBytes, int limit)
    {
        const int Sessions = 5000;
        using var store = Create();
        await FillAsync(store, 100, tokenBytes);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await FillAsync(store, Sessions, tokenBytes);

        var perSession = (GC.GetTotalMemory(forceFullCollection: true) - before) / Sessions;
        TestContext.Current.TestOutputHelper!.WriteLine($"{perSession} bytes a session with {tokenBytes} bytes of tokens");
        perSession.ShouldBeLessThan(limit);
    }

    [Fact]
    public async Task Sessions_that_were_ended_leave_nothing_behind()
    {
        using var store = Create();
        async Task ChurnAsync()
        {
            foreach (var _ in Enumerable.Range(0, 20_000))
            {
                var session = Session(SessionKeys.Create(), SessionKeys.Create(), SessionKeys.Create(), new byte[1000]);
                await store.AddAsync(session, Ct);
                await store.RemoveAsync(session.Key, Ct);
            }
        }

        await ChurnAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await ChurnAsync();

        ((GC.GetTotalMemory(forceFullCollection: true) - before) / 20_000).ShouldBeLessThan(10);
        store.Count.ShouldBe((0, 0, 0));
    }

    private MemorySessionStore Create() => new(Options.Create(new AuthentiqSessionOptions()), _clock, NullLogger<MemorySessionStore>.Instance);

    private AuthentiqSession Session(string key, string subject, string sessionId, byte[] ticket) => new()
    {
        Key = key,
        SubjectKey = subject,
        SessionIdKey = sessionId,
        IssuedAt = _clock.GetUtcNow(),
        CreatedAt = _clock.GetUtcNow(),
        LastSeenAt = _clock.GetUtcNow(),
        ExpiresAt = _clock.GetUtcNow() + Lifetime,
        Device = "Firefox on Linux",
        Ticket = ticket,
    };

    // As a sign-in makes them: every text of the length that it has there, and nothing shared that is not shared there.
    private async Task FillAsync(MemorySessionStore store, int count, int tokenBytes)
    {
        var format = new SessionTicketFormat("Cookies", protector: null, NullLogger.Instance);
        foreach (var _ in Enumerable.Range(0, count))
        {
            var key = SessionKeys.Hash("Cookies", SessionKeys.Create());
            var facts = new SessionBinding(SessionKeys.Create()[..22], SessionKeys.Create()[..22], _clock.GetUtcNow(), _clock.GetUtcNow());
            await store.AddAsync(Session(key, facts.SubjectKey, facts.SessionIdKey!, format.Write(key, Ticket(facts, tokenBytes))), Ct);
        }
    }

    private AuthenticationTicket Ticket(SessionBinding facts, int tokenBytes)
    {
        var properties = new AuthenticationProperties { IssuedUtc = _clock.GetUtcNow(), ExpiresUtc = _clock.GetUtcNow() + Lifetime };
        facts.WriteTo(properties);
        if (tokenBytes > 0)
        {
            properties.StoreTokens([new() { Name = "access_token", Value = new('a', tokenBytes / 2) }, new() { Name = "id_token", Value = new('i', tokenBytes / 2) }]);
        }

        string[] claims = ["sub", "sid", "name", "given_name", "family_name", "email", "email_verified", "auth_time"];
        var identity = new ClaimsIdentity(claims.Select(type => new Claim(type, "a value of usual length", ClaimValueTypes.String, "https://connect.authentiq.io/")), "Authentiq", "name", "role");
        return new(new ClaimsPrincipal(identity), properties, "Cookies");
    }
}
