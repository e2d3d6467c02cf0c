using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class MemorySessionStoreTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly FakeLogger<MemorySessionStore> _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_it_is_full_the_session_that_was_seen_longest_ago_gives_way()
    {
        using var store = Create(maximum: 3);
        foreach (var number in Enumerable.Range(0, 3))
        {
            await store.AddAsync(Session(number), Ct);
        }

        await store.TouchAsync(Session(0).Key, _clock.GetUtcNow(), Ct);
        await store.ReplaceAsync(Session(1) with { Revision = 1 }, Ct);

        await store.AddAsync(Session(3), Ct);

        (await store.FindAsync(Session(2).Key, Ct)).ShouldBeNull();
        (await store.FindBySubjectAsync(Session(2).SubjectKey!, 0, int.MaxValue, Ct)).ShouldBeEmpty();
        foreach (var number in (int[])[0, 1, 3])
        {
            (await store.FindAsync(Session(number).Key, Ct)).ShouldNotBeNull();
        }

        store.Count.ShouldBe((3, 3, 3));
    }

    [Fact]
    public async Task That_it_is_full_is_said_now_and_then_and_not_for_sessions_that_have_expired()
    {
        using var store = Create(maximum: 1);
        await store.AddAsync(Session(0) with { ExpiresAt = _clock.GetUtcNow() }, Ct);
        await store.AddAsync(Session(1), Ct);
        _log.Collector.Count.ShouldBe(0);

        await store.AddAsync(Session(2), Ct);
        await store.AddAsync(Session(3), Ct);
        _log.Collector.Count.ShouldBe(1);
        _log.LatestRecord.Message.ShouldContain("MaxSessions");
        _log.LatestRecord.Level.ShouldBe(LogLevel.Error);

        _clock.Advance(TimeSpan.FromMinutes(10));
        await store.AddAsync(Session(4), Ct);
        _log.Collector.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_full_store_removes_expired_sessions_before_any_other()
    {
        using var store = Create(maximum: 3);
        await store.AddAsync(Session(0), Ct);
        await store.AddAsync(Session(1) with { ExpiresAt = _clock.GetUtcNow() + TimeSpan.FromSeconds(1) }, Ct);
        await store.AddAsync(Session(2), Ct);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await store.AddAsync(Session(3), Ct);

        foreach (var number in (int[])[0, 2, 3])
        {
            (await store.FindAsync(Session(number).Key, Ct)).ShouldNotBeNull();
        }

        _log.Collector.Count.ShouldBe(0);
    }

    [Fact]
    public async Task An_account_that_signs_in_in_a_loop_ends_its_own_sessions_and_those_of_no_other_user()
    {
        const int Others = 100, PerUser = 5;
        using var store = Create(maximum: Others + PerUser, perUser: PerUser);
        foreach (var number in Enumerable.Range(0, Others))
        {
            await store.AddAsync(Session(number), Ct);
        }

        foreach (var number in Enumerable.Range(Others, 10_000))
        {
            await store.AddAsync(Session(number) with { SubjectKey = "the account" }, Ct);
        }

        foreach (var number in Enumerable.Range(0, Others))
        {
            (await store.FindAsync(Session(number).Key, Ct)).ShouldNotBeNull();
        }

        (await store.FindBySubjectAsync("the account", 0, int.MaxValue, Ct)).Count.ShouldBe(PerUser);
        store.Count.ShouldBe((Others + PerUser, Others + 1, Others + PerUser));
        _log.Collector.GetSnapshot().ShouldAllBe(record => record.Id.Name == "UserSessionLimitReached" && record.Level == LogLevel.Information && !record.Message.Contains("the account"));
        _log.Collector.Count.ShouldBe(10_000 - PerUser);
    }

    [Fact]
    public async Task A_user_with_one_session_at_most_has_the_last_one()
    {
        using var store = Create(perUser: 1);
        foreach (var number in Enumerable.Range(0, 3))
        {
            await store.AddAsync(Session(number) with { SubjectKey = "the user" }, Ct);
        }

        (await store.FindBySubjectAsync("the user", 0, int.MaxValue, Ct)).ShouldHaveSingleItem().Key.ShouldBe(Session(2).Key);
        store.Count.ShouldBe((1, 1, 1));
    }

    [Fact]
    public async Task What_has_expired_is_swept_without_anybody_asking()
    {
        using var store = Create();
        foreach (var number in Enumerable.Range(0, 100))
        {
            await store.AddAsync(Session(number), Ct);
        }

        await store.AddAsync(Session(100) with { ExpiresAt = _clock.GetUtcNow() + (2 * Lifetime) }, Ct);

        _clock.Advance(Lifetime + TimeSpan.FromMinutes(1));

        store.Count.ShouldBe((1, 1, 1));
    }

    [Fact]
    public async Task Thousands_sign_in_and_out_at_once_and_exactly_the_others_are_left()
    {
        const int People = 500, Devices = 20;
        using var store = Create();

        await Parallel.ForEachAsync(Enumerable.Range(0, People * Devices), Ct, async (number, ct) =>
        {
            var session = Session(number) with { SubjectKey = Name("person", number % People) };
            await store.AddAsync(session, ct);
            await store.ReplaceAsync(session with { Revision = 1 }, ct);
            await store.TouchAsync(session.Key, _clock.GetUtcNow(), ct);
            (await store.FindAsync(session.Key, ct))!.Revision.ShouldBe(1);
            if (number % 3 != 0)
            {
                (await store.RemoveAsync(session.Key, ct)).ShouldBeTrue();
            }
        });

        var expected = Enumerable.Range(0, People * Devices).Where(number => number % 3 == 0).Select(number => Session(number).Key).ToHashSet(StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var person in Enumerable.Range(0, People))
        {
            found.AddRange((await store.FindBySubjectAsync(Name("person", person), 0, int.MaxValue, Ct)).Select(session => session.Key));
        }

        found.ShouldBe(expected, ignoreOrder: true);
        store.Count.Sessions.ShouldBe(expected.Count);
        store.Count.SessionIds.ShouldBe(expected.Count);

        await Parallel.ForEachAsync(found, Ct, async (key, ct) => await store.RemoveAsync(key, ct));
        store.Count.ShouldBe((0, 0, 0));
    }

    private MemorySessionStore Create(int maximum = 100_000, int perUser = 50) =>
        new(Options.Create(new AuthentiqSessionOptions { MaxSessions = maximum, MaxSessionsPerUser = perUser }), _clock, _log);

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");

    private AuthentiqSession Session(int number) => new()
    {
        Key = Name("key", number),
        SubjectKey = Name("sub", number),
        SessionIdKey = Name("sid", number),
        IssuedAt = _clock.GetUtcNow(),
        CreatedAt = _clock.GetUtcNow(),
        LastSeenAt = _clock.GetUtcNow(),
        ExpiresAt = _clock.GetUtcNow() + Lifetime,
        Device = "Firefox on Linux",
        Ticket = [],
    };
}
