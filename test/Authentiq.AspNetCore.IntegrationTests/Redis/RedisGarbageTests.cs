using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>What another version of the package, or another program, has put into Redis stops no node.</summary>
public sealed class RedisGarbageTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(30);

    private readonly string _prefix = RedisNode.NewPrefix();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    public static TheoryData<string, string?> BadSessionFields => new()
    {
        { "v", "2" },
        { "v", "" },
        { "v", null },
        { "began", "yesterday" },
        { "began", "9223372036854775807" },
        { "began", null },
        { "seen", "-1" },
        { "seen", "nan" },
        { "seen", null },
        { "expires", "999999999999999999" },
        { "expires", "x" },
        { "expires", null },
        { "issued", "x" },
        { "revision", "99999999999" },
        { "revision", "-1" },
        { "revision", null },
        { "ticket", null },
    };

    public static TheoryData<string, string?> BadRevocationFields => new()
    {
        { "v", "2" },
        { "v", "" },
        { "v", null },
        { "issued", "x" },
        { "issued", "999999999999999999" },
        { "issued", null },
        { "received", "9223372036854775807" },
        { "received", "nan" },
        { "received", null },
        { "expires", "1e300" },
        { "expires", "-5" },
        { "expires", null },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Theory]
    [MemberData(nameof(BadSessionFields))]
    public async Task A_session_that_cannot_be_read_does_not_exist_and_the_others_of_its_user_do(string field, string? value)
    {
        await using var node = await StartAsync();
        var (bad, good) = (SomeSession.Of(1, Now), SomeSession.Of(2, Now) with { SubjectKey = SomeSession.Name("person", 1), SessionIdKey = SomeSession.Name("session", 1) });
        await node.Sessions.AddAsync(bad, Ct);
        await node.Sessions.AddAsync(good, Ct);
        await SetAsync(await node.DatabaseAsync(), node.Keys.Session(bad.Key), field, value);

        (await node.Sessions.FindAsync(bad.Key, Ct)).ShouldBeNull();
        (await node.Sessions.FindBySubjectAsync(bad.SubjectKey!, 0, int.MaxValue, Ct)).ShouldHaveSingleItem().Key.ShouldBe(good.Key);
        (await node.Sessions.FindBySessionIdAsync(bad.SessionIdKey!, Ct)).ShouldHaveSingleItem().Key.ShouldBe(good.Key);
        await node.Sessions.TouchAsync(bad.Key, Now, Ct);
        await node.Sessions.RemoveAsync(bad.Key, Ct);

        (await (await node.DatabaseAsync()).KeyExistsAsync(node.Keys.Session(bad.Key))).ShouldBeFalse();
        LogShouldSayOnce(node, "a session", bad.Key);
    }

    [Fact]
    public async Task A_session_of_a_later_version_is_not_written_over()
    {
        await using var node = await StartAsync();
        var session = SomeSession.Of(1, Now);
        await node.Sessions.AddAsync(session, Ct);
        var database = await node.DatabaseAsync();
        await SetAsync(database, node.Keys.Session(session.Key), "v", "2");

        (await node.Sessions.ReplaceAsync(session with { Revision = 1 }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Gone);

        (await database.HashGetAsync(node.Keys.Session(session.Key), "v")).ShouldBe((RedisValue)"2");
        (await node.Sessions.FindBySubjectAsync(session.SubjectKey!, 0, int.MaxValue, Ct)).ShouldBeEmpty();
        (await database.SortedSetLengthAsync(node.Keys.SubjectPrefix + session.SubjectKey)).ShouldBe(1, "the later version still finds it");
    }

    [Fact]
    public async Task What_another_program_has_put_in_the_place_of_a_lease_is_nobodys_lease()
    {
        await using var node = await StartAsync();
        var database = await node.DatabaseAsync();
        await database.StringSetAsync(node.Keys.Lease("without end"), "garbage");
        await database.ListRightPushAsync(node.Keys.Lease("a list"), "garbage");

        foreach (var key in (string[])["without end", "a list"])
        {
            await node.Sessions.ReleaseLeaseAsync(key, "a", Ct);
            (await node.Sessions.TryAcquireLeaseAsync(key, "a", TimeSpan.FromMinutes(1), Ct)).ShouldBeTrue();
            (await node.Sessions.TryAcquireLeaseAsync(key, "b", TimeSpan.FromMinutes(1), Ct)).ShouldBeFalse();
            (await database.KeyTimeToLiveAsync(node.Keys.Lease(key))).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Sessions_and_indexes_of_another_type_stop_nothing()
    {
        await using var node = await StartAsync();
        var database = await node.DatabaseAsync();
        var session = SomeSession.Of(1, Now);
        await database.StringSetAsync(node.Keys.Session(session.Key), "garbage");
        await database.StringSetAsync(node.Keys.SubjectPrefix + session.SubjectKey, "garbage");
        await database.ListRightPushAsync(node.Keys.SessionIdPrefix + session.SessionIdKey, "garbage");

        (await node.Sessions.FindAsync(session.Key, Ct)).ShouldBeNull();
        (await node.Sessions.FindBySubjectAsync(session.SubjectKey!, 0, int.MaxValue, Ct)).ShouldBeEmpty();
        (await node.Sessions.FindBySessionIdAsync(session.SessionIdKey!, Ct)).ShouldBeEmpty();
        (await node.Sessions.ReplaceAsync(session with { Revision = 1 }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Gone);
        await node.Sessions.TouchAsync(session.Key, Now, Ct);
        await node.Sessions.AddAsync(session, Ct);

        (await node.Sessions.FindBySubjectAsync(session.SubjectKey!, 0, int.MaxValue, Ct)).ShouldHaveSingleItem();
        (await node.Sessions.FindBySessionIdAsync(session.SessionIdKey!, Ct)).ShouldHaveSingleItem();

        await database.KeyDeleteAsync([node.Keys.SubjectPrefix + session.SubjectKey, node.Keys.SessionIdPrefix + session.SessionIdKey]);
        await database.StringSetAsync(node.Keys.SubjectPrefix + session.SubjectKey, "garbage");
        (await node.Sessions.ReplaceAsync(session with { Revision = 1, SubjectKey = "another" }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);
        (await node.Sessions.RemoveAsync(session.Key, Ct)).ShouldBeTrue();
        await database.StringSetAsync(node.Keys.Session(session.Key), "garbage");
        (await node.Sessions.RemoveAsync(session.Key, Ct)).ShouldBeFalse();
        LogShouldSayOnce(node, "a session", session.Key);
    }

    [Fact]
    public async Task A_user_whose_sessions_cannot_all_be_read_has_no_more_than_the_maximum()
    {
        const int Maximum = 5;
        await using var node = await StartAsync(services => services.Configure<AuthentiqSessionOptions>(options => options.MaxSessionsPerUser = Maximum));
        var database = await node.DatabaseAsync();
        for (var number = 0; number < 2 * Maximum; number++)
        {
            await node.Sessions.AddAsync(SomeSession.Of(number, Now) with { SubjectKey = "the user" }, Ct);
            await SetAsync(database, node.Keys.Session(SomeSession.Name("key", number)), "seen", number % 2 == 0 ? "nan" : "x");
        }

        await node.Sessions.AddAsync(SomeSession.Of(99, Now) with { SubjectKey = "the user" }, Ct);

        (await database.SortedSetLengthAsync(node.Keys.SubjectPrefix + "the user")).ShouldBe(Maximum);
        (await node.Sessions.FindBySubjectAsync("the user", 0, int.MaxValue, Ct)).ShouldHaveSingleItem().Key.ShouldBe(SomeSession.Name("key", 99));
    }

    [Theory]
    [MemberData(nameof(BadRevocationFields))]
    public async Task A_logout_that_cannot_be_read_is_skipped_by_a_node_that_starts_and_replaced_by_the_next(string field, string? value)
    {
        await using (var first = await StartAsync())
        {
            await first.Revocations.AddAsync(SomeRevocation.Of("before", Now), Ct);
            await first.Revocations.AddAsync(SomeRevocation.Of("bad", Now), Ct);
            await first.Revocations.AddAsync(SomeRevocation.Of("after", Now), Ct);
            await SetAsync(await first.DatabaseAsync(), first.Keys.Revocation("bad"), field, value);
        }

        await using var node = await StartAsync();
        (await node.Revocations.FindAsync("before", Ct)).ShouldNotBeNull();
        (await node.Revocations.FindAsync("after", Ct)).ShouldNotBeNull();
        (await node.Revocations.FindAsync("bad", Ct)).ShouldBeNull();
        LogShouldSayOnce(node, "a logout", "\"bad\"");

        // The same token again, and then a new one.
        await node.Revocations.AddAsync(SomeRevocation.Of("bad", Now), Ct);
        var next = SomeRevocation.Of("bad", Now) with { ProcessedTokenId = "next" };
        await node.Revocations.AddAsync(next, Ct);
        (await node.Revocations.FindAsync("bad", Ct)).ShouldBe(next);
        await using var last = await StartAsync();
        (await last.Revocations.FindAsync("bad", Ct)).ShouldBe(next);
    }

    [Fact]
    public async Task Logouts_of_another_type_stop_nothing()
    {
        await using var node = await StartAsync();
        await node.Revocations.AddAsync(SomeRevocation.Of("known", Now), Ct);
        var database = await node.DatabaseAsync();
        await database.StringSetAsync(node.Keys.Revocation("bad"), "garbage");
        await database.SortedSetAddAsync(node.Keys.Changes, "bad", 1);

        await using (var other = await StartAsync())
        {
            (await other.Revocations.FindAsync("known", Ct)).ShouldNotBeNull();
            LogShouldSayOnce(other, "a logout", "garbage");
        }

        await node.Revocations.AddAsync(SomeRevocation.Of("bad", Now), Ct);
        await using var third = await StartAsync();
        (await third.Revocations.FindAsync("bad", Ct)).ShouldBe(SomeRevocation.Of("bad", Now));
    }

    [Fact]
    public async Task A_node_that_starts_with_no_index_of_logouts_that_it_can_read_does_not_count_as_knowing_them()
    {
        await using var first = await StartAsync();
        await first.ListenAsync();
        var database = await first.DatabaseAsync();
        await database.StringSetAsync(first.Keys.Changes, "garbage");
        await database.ListRightPushAsync(first.Keys.Expiries, "garbage");
        await using var second = await StartAsync();

        await Should.ThrowAsync<AuthentiqStoreException>(async () => await second.Revocations.FindAsync("the user", Ct));

        second.Mirror.IsCurrent.ShouldBeFalse();
        second.Log.GetSnapshot().ShouldContain(record => record.Id.Id == 804 && record.Message.Contains("The index of logouts cannot be read", StringComparison.Ordinal));
        LogShouldSayOnce(second, "the index of logouts", "garbage");
        (await first.Revocations.FindAsync("the user", Ct)).ShouldBeNull("a node that has read the logouts before goes on");

        await first.Revocations.AddAsync(SomeRevocation.Of("the user", Now), Ct);

        await Eventually.BecomesTrueAsync(() => Task.FromResult(second.Mirror.IsCurrent && second.Mirror.Find("the user") is not null), "the next logout makes a new index");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_index_of_logouts_that_cannot_be_read_is_made_anew_with_all_of_them(bool byALogout)
    {
        await using var first = await StartAsync();
        for (var number = 0; number < 700; number++)
        {
            await first.Revocations.AddAsync(SomeRevocation.Of(SomeSession.Name("person", number), Now), Ct);
        }

        await (await first.DatabaseAsync()).StringSetAsync(first.Keys.Changes, "garbage");
        if (byALogout)
        {
            await first.Revocations.AddAsync(SomeRevocation.Of("next", Now), Ct);
        }

        await using var second = await StartAsync();
        await second.ListenAsync();

        second.Mirror.IsCurrent.ShouldBeTrue();
        second.Mirror.Count.ShouldBe(byALogout ? 701 : 700);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    [InlineData(8.9e15)]
    [InlineData(double.NegativeInfinity)]
    public async Task A_change_with_a_number_that_no_change_has_hides_no_logout(double number)
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await second.ListenAsync();
        await (await first.DatabaseAsync()).SortedSetAddAsync(first.Keys.Changes, "bad", number);
        await first.Revocations.AddAsync(SomeRevocation.Of("one", Now), Ct);
        await KnowsAsync(second, "one");
        await first.Revocations.AddAsync(SomeRevocation.Of("two", Now), Ct);
        await KnowsAsync(second, "two");
    }

    [Fact]
    public async Task Beside_nodes_of_a_later_version_a_node_serves_all_that_it_can_read()
    {
        await using var old = await StartAsync();
        await old.ListenAsync();
        var database = await old.DatabaseAsync();
        var mine = SomeSession.Of(1, Now);
        await old.Sessions.AddAsync(mine, Ct);

        // A later version writes sessions and logouts of its own.
        await database.HashSetAsync(old.Keys.Session("theirs"), [new("v", 2), new("expires", "P1D"), new("sub", mine.SubjectKey), new("body", "{}")]);
        await database.SortedSetAddAsync(old.Keys.SubjectPrefix + mine.SubjectKey, "theirs", Now.AddHours(2).ToUnixTimeMilliseconds());
        for (var number = 0; number < 1200; number++)
        {
            await database.HashSetAsync(old.Keys.Revocation(SomeSession.Name("theirs", number)), [new("v", 2), new("all", "true")], CommandFlags.FireAndForget);
            await database.SortedSetAddAsync(old.Keys.Changes, SomeSession.Name("theirs", number), Now.ToUnixTimeMilliseconds() * 1000, flags: CommandFlags.FireAndForget);
        }

        await using var another = await StartAsync();
        await another.Revocations.AddAsync(SomeRevocation.Of("somebody", Now), Ct);
        await KnowsAsync(old, "somebody");

        (await old.Sessions.FindAsync(mine.Key, Ct)).ShouldNotBeNull();
        (await old.Sessions.FindAsync("theirs", Ct)).ShouldBeNull();
        (await old.Sessions.FindBySubjectAsync(mine.SubjectKey!, 0, int.MaxValue, Ct)).ShouldHaveSingleItem().Key.ShouldBe(mine.Key);
        (await old.Sessions.ReplaceAsync(mine with { Revision = 1 }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);
        (await database.KeyExistsAsync(old.Keys.Session("theirs"))).ShouldBeTrue();
        (await old.Revocations.FindAsync(SomeSession.Name("theirs", 7), Ct)).ShouldBeNull();
        foreach (var node in (RedisNode[])[old, another])
        {
            LogShouldSayOnce(node, "a logout", "theirs");
            node.Log.GetSnapshot().ShouldNotContain(record => record.Level >= LogLevel.Error);
        }
    }

    [Fact]
    public async Task A_failure_that_nobody_thought_of_does_not_end_the_search_for_logouts()
    {
        var clock = new BreakableClock(Now);
        await using var node = await StartAsync(clock: clock);
        await node.ListenAsync();
        await using var other = await StartAsync();
        clock.IsBroken = true;
        await other.Revocations.AddAsync(SomeRevocation.Of("the user", Now), Ct);
        await Eventually.BecomesTrueAsync(() => Task.FromResult(node.Log.GetSnapshot().Any(record => record.Id.Id == 801)), "the failure is logged");

        clock.IsBroken = false;
        await Eventually.BecomesTrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(100));
                return Task.FromResult(node.Mirror.Find("the user") is not null);
            },
            "the node has gone on");
        node.Log.GetSnapshot().Count(record => record.Id.Id == 801).ShouldBe(1);
        node.Log.GetSnapshot().First(record => record.Id.Id == 801).Message.ShouldContain("unexpected failure (InvalidTimeZoneException)");
    }

    [Fact]
    public async Task A_mark_of_another_type_or_version_counts_as_used()
    {
        await using var node = await StartAsync();
        var database = await node.DatabaseAsync();
        await database.ListRightPushAsync(node.Keys.Consumed("list"), "garbage");
        await database.StringSetAsync(node.Keys.Consumed("text"), "nan");

        foreach (var key in (string[])["list", "text"])
        {
            (await node.Revocations.TryConsumeAsync(key, Now.AddHours(1), Ct)).ShouldBeFalse();
        }
    }

    private static async Task SetAsync(IDatabase database, RedisKey key, string field, string? value)
    {
        if (value is null)
        {
            await database.HashDeleteAsync(key, field);
        }
        else
        {
            await database.HashSetAsync(key, field, value);
        }
    }

    private static void LogShouldSayOnce(RedisNode node, string kind, string secret)
    {
        var warnings = node.Log.GetSnapshot().Where(record => record.Id.Id == 806 && record.Message.Contains($"should be {kind} cannot", StringComparison.Ordinal)).ToList();
        var warning = warnings.ShouldHaveSingleItem();
        warning.Level.ShouldBe(LogLevel.Warning);
        warning.Message.ShouldNotContain(secret);
    }

    private static Task<TimeSpan> KnowsAsync(RedisNode node, string key) => Eventually.BecomesTrueAsync(async () => await node.Revocations.FindAsync(key, Ct) is not null, $"the node knows of {key}");

    private Task<RedisNode> StartAsync(Action<IServiceCollection>? services = null, TimeProvider? clock = null) =>
        RedisNode.StartAsync(redis.Server.Configuration, _prefix, clock ?? _clock, options => options.PollInterval = PollInterval, services);

    private sealed class BreakableClock(DateTimeOffset now) : FakeTimeProvider(now)
    {
        public volatile bool IsBroken;

        public override long GetTimestamp() => IsBroken ? throw new InvalidTimeZoneException() : base.GetTimestamp();
    }
}
