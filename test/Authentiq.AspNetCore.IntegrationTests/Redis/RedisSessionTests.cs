using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class RedisSessionTests(SharedRedis redis) : IClassFixture<SharedRedis>, IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private RedisNode? _a;
    private RedisNode? _b;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RedisNode A => _a!;

    private string Prefix => A.Keys.SessionPrefix[..A.Keys.SessionPrefix.IndexOf('{', StringComparison.Ordinal)];

    private RedisNode B => _b!;

    public async ValueTask InitializeAsync()
    {
        var prefix = RedisNode.NewPrefix();
        _a = await RedisNode.StartAsync(redis.Server.Configuration, prefix);
        _b = await RedisNode.StartAsync(redis.Server.Configuration, prefix);
    }

    public async ValueTask DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
    }

    [Fact]
    public async Task A_session_that_began_on_one_node_is_found_and_ended_on_another()
    {
        var session = SomeSession.Of(1, Now);
        await A.Sessions.AddAsync(session, Ct);

        (await B.Sessions.FindAsync(session.Key, Ct))!.Ticket.ShouldBe(session.Ticket);
        (await B.Sessions.RemoveAsync(session.Key, Ct)).ShouldBeTrue();

        (await A.Sessions.FindAsync(session.Key, Ct)).ShouldBeNull();
        (await A.Sessions.FindBySubjectAsync(session.SubjectKey!, 0, int.MaxValue, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Applications_with_another_prefix_share_nothing()
    {
        await using var other = await RedisNode.StartAsync(redis.Server.Configuration, RedisNode.NewPrefix());
        var session = SomeSession.Of(1, Now);
        await A.Sessions.AddAsync(session, Ct);

        (await other.Sessions.FindAsync(session.Key, Ct)).ShouldBeNull();
        (await other.Sessions.FindBySubjectAsync(session.SubjectKey!, 0, int.MaxValue, Ct)).ShouldBeEmpty();
        (await other.Sessions.RemoveAsync(session.Key, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_ends_by_the_clock_of_the_application_where_that_is_ahead()
    {
        var clock = new FakeTimeProvider(Now);
        await using var ahead = await RedisNode.StartAsync(redis.Server.Configuration, RedisNode.NewPrefix(), clock);
        var session = SomeSession.Of(1, Now);
        await ahead.Sessions.AddAsync(session, Ct);

        clock.SetUtcNow(session.ExpiresAt);

        (await ahead.Sessions.FindAsync(session.Key, Ct)).ShouldBeNull();
        (await ahead.Sessions.FindBySubjectAsync(session.SubjectKey!, 0, int.MaxValue, Ct)).ShouldBeEmpty();
        (await ahead.Sessions.RemoveAsync(session.Key, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Redis_itself_lets_an_expired_session_go_with_its_indexes()
    {
        await A.Sessions.AddAsync(SomeSession.Of(1, TimeProvider.System.GetUtcNow(), TimeSpan.FromMilliseconds(300)), Ct);
        (await KeysAsync()).Count.ShouldBe(3);

        await Eventually.BecomesTrueAsync(async () => (await KeysAsync()).Count == 0, "nothing is left");
    }

    [Fact]
    public async Task A_longer_session_keeps_the_index_that_a_shorter_one_shares_with_it()
    {
        var longer = SomeSession.Of(1, TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(2));
        var shorter = SomeSession.Of(2, TimeProvider.System.GetUtcNow(), TimeSpan.FromMilliseconds(100)) with { SubjectKey = longer.SubjectKey };
        await A.Sessions.AddAsync(longer, Ct);
        await A.Sessions.AddAsync(shorter, Ct);
        await Task.Delay(200, Ct);

        (await A.Sessions.FindBySubjectAsync(longer.SubjectKey!, 0, int.MaxValue, Ct)).ShouldHaveSingleItem().Key.ShouldBe(longer.Key);

        // What was found to be missing is no longer in the index.
        (await (await A.DatabaseAsync()).SortedSetLengthAsync(A.Keys.SubjectPrefix + longer.SubjectKey)).ShouldBe(1);
    }

    [Fact]
    public async Task A_new_session_drops_expired_ones_from_its_indexes()
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var number = 0; number < 5; number++)
        {
            await A.Sessions.AddAsync(SomeSession.Of(number, now, TimeSpan.FromMilliseconds(50)) with { SubjectKey = "the person" }, Ct);
        }

        await Task.Delay(100, Ct);
        await A.Sessions.AddAsync(SomeSession.Of(9, now) with { SubjectKey = "the person" }, Ct);

        (await (await A.DatabaseAsync()).SortedSetLengthAsync(A.Keys.SubjectPrefix + "the person")).ShouldBe(1);
    }

    [Fact]
    public async Task A_list_holds_no_more_sessions_than_a_user_may_have_and_a_user_who_signs_in_is_back_within_the_maximum()
    {
        const int Sessions = 120, Maximum = 10;
        await using var before = await StartAsync(Sessions);
        foreach (var number in Enumerable.Range(0, Sessions))
        {
            await before.Sessions.AddAsync(SomeSession.Of(number, Now, TimeSpan.FromHours(1) + TimeSpan.FromSeconds(number)) with { SubjectKey = "the user", SessionIdKey = "the session" }, Ct);
        }

        await using var node = await StartAsync(Maximum);
        var newest = Enumerable.Range(Sessions - Maximum, Maximum).Select(number => SomeSession.Name("key", number));
        (await node.Sessions.FindBySubjectAsync("the user", 0, int.MaxValue, Ct)).Select(session => session.Key).ShouldBe(newest, ignoreOrder: true);
        (await node.Sessions.FindBySessionIdAsync("the session", Ct)).Select(session => session.Key).ShouldBe(newest, ignoreOrder: true);

        foreach (var number in (int[])[1000, 1001])
        {
            await node.Sessions.AddAsync(SomeSession.Of(number, Now, TimeSpan.FromHours(2)) with { SubjectKey = "the user", SessionIdKey = "the session" }, Ct);
        }

        (await (await node.DatabaseAsync()).SortedSetLengthAsync(node.Keys.SubjectPrefix + "the user")).ShouldBe(Maximum);
        (await (await node.DatabaseAsync()).SortedSetLengthAsync(node.Keys.SessionIdPrefix + "the session")).ShouldBe(Maximum);
        node.Log.GetSnapshot().Count(record => record.Id.Id == 807 && !record.Message.Contains("the user", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData("the session")]
    [InlineData("the user")]
    public async Task A_logout_ends_all_sessions_although_a_list_holds_only_some(string key)
    {
        const int Sessions = 120, Maximum = 10;
        await using var before = await StartAsync(Sessions);
        foreach (var number in Enumerable.Range(0, Sessions))
        {
            await before.Sessions.AddAsync(SomeSession.Of(number, Now) with { SubjectKey = "the user", SessionIdKey = "the session" }, Ct);
        }

        await using var node = await StartAsync(Maximum);
        var sessions = new LiveSessions(node.Sessions, Options.Create(new AuthentiqSessionOptions { MaxSessionsPerUser = Maximum }), TimeProvider.System, new Metrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()), new SessionChangeMarks(new MemoryRevocationStore(TimeProvider.System), TimeProvider.System), NullLogger<LiveSessions>.Instance);

        (await sessions.EndAsync(SomeRevocation.Of(key, Now.AddSeconds(5)), Ct)).ShouldBe(Sessions);

        (await before.Sessions.FindBySubjectAsync("the user", 0, int.MaxValue, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_in_Redis_has_a_time_to_live()
    {
        await A.Sessions.AddAsync(SomeSession.Of(1, Now), Ct);
        await A.Sessions.AddAsync(SomeSession.Of(2, Now) with { SubjectKey = null, SessionIdKey = null }, Ct);
        await A.Sessions.ReplaceAsync(SomeSession.Of(1, Now) with { Revision = 1, SubjectKey = "another" }, Ct);
        await A.Sessions.TouchAsync(SomeSession.Name("key", 1), Now, Ct);
        await A.Revocations.AddAsync(SomeRevocation.Of("one", Now), Ct);
        await A.Revocations.AddAsync(SomeRevocation.Of("two", Now, TimeSpan.FromDays(30)), Ct);
        await A.Sessions.TryAcquireLeaseAsync(SomeSession.Name("key", 1), "a", TimeSpan.FromMinutes(1), Ct);
        await A.Sessions.TryAcquireLeaseAsync(SomeSession.Name("key", 1), "a", TimeSpan.FromMinutes(2), Ct);
        var database = await A.DatabaseAsync();

        var keys = await KeysAsync();

        keys.Count.ShouldBe(4 + 6 + 1);
        foreach (var key in keys)
        {
            (await database.KeyTimeToLiveAsync(key)).ShouldNotBeNull(key);
        }

        (await database.KeyTimeToLiveAsync(A.Keys.Changes))!.Value.ShouldBeGreaterThan(TimeSpan.FromDays(29));
    }

    [Fact]
    public async Task Thousands_sign_in_and_out_at_once_on_two_nodes_and_exactly_the_others_are_left()
    {
        const int People = 300, Sessions = 6000;

        await Parallel.ForEachAsync(Enumerable.Range(0, Sessions), new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Ct }, async (number, ct) =>
        {
            var (here, there) = number % 2 == 0 ? (A, B) : (B, A);
            var session = SomeSession.Of(number, Now) with { SubjectKey = SomeSession.Name("person", number % People), SessionIdKey = SomeSession.Name("session", number / 2) };
            await here.Sessions.AddAsync(session, ct);
            (await there.Sessions.ReplaceAsync(session with { Revision = 1 }, ct)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);
            await here.Sessions.TouchAsync(session.Key, Now, ct);
            (await there.Sessions.FindAsync(session.Key, ct))!.Revision.ShouldBe(1);
            if (number % 3 != 0)
            {
                (await there.Sessions.RemoveAsync(session.Key, ct)).ShouldBeTrue();
            }
        });

        var expected = Enumerable.Range(0, Sessions).Where(number => number % 3 == 0).Select(number => SomeSession.Name("key", number)).ToList();
        var byPerson = await Task.WhenAll(Enumerable.Range(0, People).Select(person => A.Sessions.FindBySubjectAsync(SomeSession.Name("person", person), 0, int.MaxValue, Ct)));
        byPerson.SelectMany(found => found).Select(session => session.Key).ShouldBe(expected, ignoreOrder: true);
        var bySessionId = await Task.WhenAll(Enumerable.Range(0, Sessions / 2).Select(session => B.Sessions.FindBySessionIdAsync(SomeSession.Name("session", session), Ct)));
        bySessionId.SelectMany(found => found).Select(session => session.Key).ShouldBe(expected, ignoreOrder: true);

        await Parallel.ForEachAsync(expected, Ct, async (key, ct) => (await B.Sessions.RemoveAsync(key, ct)).ShouldBeTrue());
        (await KeysAsync()).ShouldBeEmpty();
    }

    private Task<RedisNode> StartAsync(int maximum) =>
        RedisNode.StartAsync(redis.Server.Configuration, Prefix, services: services => services.Configure<AuthentiqSessionOptions>(options => options.MaxSessionsPerUser = maximum));

    private async Task<List<string>> KeysAsync()
    {
        var keys = new List<string>();
        await foreach (var key in (await A.ConnectionAsync()).GetServer("127.0.0.1", redis.Server.Port).KeysAsync(pattern: Prefix + "*"))
        {
            keys.Add(key.ToString());
        }

        return keys;
    }
}
