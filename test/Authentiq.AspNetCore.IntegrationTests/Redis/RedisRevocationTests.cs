using Authentiq.TestSupport;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class RedisRevocationTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(30);

    private readonly string _prefix = RedisNode.NewPrefix();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public async Task A_logout_on_one_node_is_known_on_the_other_at_once()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync();
        await b.ListenAsync();

        // Its clock stands still: it is the message that tells it.
        var delays = new List<TimeSpan>();
        for (var number = 0; number < 50; number++)
        {
            var key = SomeSession.Name("person", number);
            (await b.Revocations.FindAsync(key, Ct)).ShouldBeNull();
            await a.Revocations.AddAsync(SomeRevocation.Of(key, Now), Ct);
            delays.Add(await KnowsAsync(b, key));
        }

        delays.Sort();
        Measured.Write($"A logout reached the other node after {delays[25].TotalMilliseconds:F1} ms (median), {delays[^1].TotalMilliseconds:F1} ms (longest of 50).");
    }

    [Fact]
    public async Task A_logout_whose_message_is_lost_is_known_after_the_next_poll()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync();
        await b.ListenAsync();
        await b.LoseMessagesAsync();
        await a.Revocations.AddAsync(SomeRevocation.Of("the person", Now), Ct);

        await Task.Delay(300, Ct);
        (await b.Revocations.FindAsync("the person", Ct)).ShouldBeNull();

        _clock.Advance(PollInterval);
        await KnowsAsync(b, "the person");
    }

    [Fact]
    public async Task After_a_failover_that_lost_the_last_change_the_changes_of_a_server_whose_clock_is_behind_are_read()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync();
        await b.ListenAsync();
        await a.Revocations.AddAsync(SomeRevocation.Of("before", Now), Ct);
        await KnowsAsync(b, "before");

        // The number of the change that is lost: the clock of the server that failed was 20 seconds ahead.
        var database = await a.DatabaseAsync();
        var ahead = (double)(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 20_000) * 1000;
        await database.HashSetAsync(a.Keys.Revocation("lost"), (await database.HashGetAllAsync(a.Keys.Revocation("before"))));
        await database.SortedSetAddAsync(a.Keys.Changes, "lost", ahead);
        await database.PublishAsync(a.Keys.NotificationChannel, RedisValue.EmptyString);
        await KnowsAsync(b, "lost");
        await database.KeyDeleteAsync(a.Keys.Revocation("lost"));
        await database.SortedSetRemoveAsync(a.Keys.Changes, "lost");

        await a.Revocations.AddAsync(SomeRevocation.Of("after", Now), Ct);

        await KnowsAsync(b, "after");
    }

    [Fact]
    public async Task A_change_that_was_passed_over_is_read_within_ten_minutes()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync();
        await b.ListenAsync();
        await b.LoseMessagesAsync();
        await a.Revocations.AddAsync(SomeRevocation.Of("late", Now), Ct);
        await a.Revocations.AddAsync(SomeRevocation.Of("newer", Now), Ct);

        // A number that is lower than one that the node has read.
        var database = await a.DatabaseAsync();
        var score = (await database.SortedSetScoreAsync(a.Keys.Changes, "late"))!.Value;
        await database.SortedSetRemoveAsync(a.Keys.Changes, "late");
        _clock.Advance(PollInterval);
        await KnowsAsync(b, "newer");
        await database.SortedSetAddAsync(a.Keys.Changes, "late", score);

        _clock.Advance(TimeSpan.FromMinutes(10));

        await Eventually.BecomesTrueAsync(() => Task.FromResult(b.Mirror.Find("late") is not null), "the node knows of the change");
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_and_back_costs_a_node_no_logout()
    {
        var clock = new JumpingClock();
        await using var a = await StartAsync(clock);
        await using var b = await StartAsync();
        await a.ListenAsync();
        await b.Revocations.AddAsync(SomeRevocation.Of("the person", Now, TimeSpan.FromDays(14)), Ct);
        await KnowsAsync(a, "the person");

        // What is added now is known after a poll, and removed from memory at its end.
        clock.Ahead = TimeSpan.FromDays(30);
        foreach (var key in new[] { "first", "second" })
        {
            await b.Revocations.AddAsync(SomeRevocation.Of(key, Now, TimeSpan.FromDays(60)), Ct);
            await KnowsAsync(a, key);
        }

        (await a.Revocations.FindAsync("the person", Ct)).ShouldBeNull();
        clock.Ahead = TimeSpan.Zero;

        await KnowsAsync(a, "the person");
    }

    [Fact]
    public async Task A_node_that_starts_while_its_clock_is_ahead_knows_all_logouts_when_the_clock_is_right_again()
    {
        var clock = new JumpingClock { Ahead = TimeSpan.FromDays(30) };
        await using var b = await StartAsync();
        await b.Revocations.AddAsync(SomeRevocation.Of("the person", Now, TimeSpan.FromDays(14)), Ct);
        await using var a = await StartAsync(clock);
        await b.Revocations.AddAsync(SomeRevocation.Of("another", Now, TimeSpan.FromDays(60)), Ct);
        await KnowsAsync(a, "another");

        clock.Ahead = TimeSpan.Zero;

        await KnowsAsync(a, "the person");
    }

    [Fact]
    public async Task A_node_that_starts_later_knows_of_everything()
    {
        await using var a = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 1203).Select(number => a.Revocations.AddAsync(SomeRevocation.Of(SomeSession.Name("person", number), Now), Ct)));

        await using var b = await StartAsync();

        // The first look-up waits for the first answer.
        (await b.Revocations.FindAsync(SomeSession.Name("person", 1202), Ct)).ShouldBe(SomeRevocation.Of(SomeSession.Name("person", 1202), Now));
        b.Mirror.Count.ShouldBe(1203);
    }

    [Fact]
    public async Task A_look_up_makes_no_call()
    {
        await using var a = await StartAsync();
        await a.Revocations.AddAsync(SomeRevocation.Of("the person", Now), Ct);
        await a.ListenAsync();
        var before = (await a.ConnectionAsync()).OperationCount;

        for (var i = 0; i < 1000; i++)
        {
            a.Revocations.FindAsync("the person", Ct).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
            a.Revocations.FindAsync("nobody", Ct).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        }

        ((await a.ConnectionAsync()).OperationCount - before).ShouldBeLessThan(100);
    }

    [Fact]
    public async Task What_has_expired_is_forgotten_here_and_there()
    {
        await using var a = await StartAsync(TimeProvider.System);
        foreach (var key in (string[])["one", "two", "three"])
        {
            await a.Revocations.AddAsync(SomeRevocation.Of(key, TimeProvider.System.GetUtcNow(), TimeSpan.FromMilliseconds(50)), Ct);
        }

        await Task.Delay(100, Ct);
        (await a.Revocations.FindAsync("one", Ct)).ShouldBeNull();
        await a.Revocations.AddAsync(SomeRevocation.Of("four", TimeProvider.System.GetUtcNow()), Ct);

        var database = await a.DatabaseAsync();
        (await database.SortedSetLengthAsync(a.Keys.Changes)).ShouldBe(1);
        (await database.SortedSetLengthAsync(a.Keys.Expiries)).ShouldBe(1);
        await Eventually.BecomesTrueAsync(() => Task.FromResult(a.Mirror.Count == 1), "the memory is swept");
    }

    [Fact]
    public async Task What_has_expired_leaves_the_memory_of_a_node_that_hears_nothing_and_reaches_no_Redis()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var node = await RedisNode.StartAsync(server.Configuration, _prefix, _clock, options => (options.PollInterval, options.CallTimeout) = (PollInterval, TimeSpan.FromSeconds(1)));
        for (var number = 0; number < 100; number++)
        {
            await node.Revocations.AddAsync(SomeRevocation.Of(SomeSession.Name("person", number), Now, PollInterval / 2), Ct);
        }

        node.Mirror.Count.ShouldBe(100);
        await server.StopAsync();

        _clock.Advance(PollInterval);

        await Eventually.BecomesTrueAsync(() => Task.FromResult(node.Mirror.Count == 0), "the memory is swept");
    }

    [Fact]
    public async Task Of_callers_on_two_nodes_exactly_one_is_the_first()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync();
        for (var round = 0; round < 100; round++)
        {
            var key = SomeSession.Name("attempt", round);
            var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(caller => Task.Run(
                async () => await (caller % 2 == 0 ? a : b).Revocations.TryConsumeAsync(key, Now.AddMinutes(15), Ct), Ct)));

            results.Count(isFirst => isFirst).ShouldBe(1);
            (await a.Revocations.TryConsumeAsync(key, Now.AddMinutes(15), Ct)).ShouldBeFalse();
            (await b.Revocations.TryConsumeAsync(key, Now.AddMinutes(15), Ct)).ShouldBeFalse();
        }

        (await (await a.DatabaseAsync()).KeyTimeToLiveAsync(a.Keys.Consumed(SomeSession.Name("attempt", 0)))).ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task What_was_used_on_one_node_cannot_be_used_again_on_a_node_that_starts_later_until_its_time_is_over()
    {
        await using (var a = await StartAsync())
        {
            (await a.Revocations.TryConsumeAsync("attempt", Now.AddMinutes(15), Ct)).ShouldBeTrue();
        }

        await using var b = await StartAsync();
        (await b.Revocations.TryConsumeAsync("attempt", Now.AddMinutes(15), Ct)).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMinutes(15));
        (await b.Revocations.TryConsumeAsync("attempt", Now, Ct)).ShouldBeFalse("its time is over");
        (await b.Revocations.TryConsumeAsync("attempt", Now.AddMinutes(15), Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task Logouts_of_one_person_on_two_nodes_at_once_end_in_the_later_one_on_both()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync();
        for (var round = 0; round < 50; round++)
        {
            var key = SomeSession.Name("person", round);
            var earlier = SomeRevocation.Of(key, Now);
            var later = earlier with { IssuedAt = earlier.IssuedAt.AddSeconds(1), ReceivedAt = earlier.ReceivedAt.AddSeconds(-1), ProcessedTokenId = "later" + key };

            await Task.WhenAll(a.Revocations.AddAsync(earlier, Ct), b.Revocations.AddAsync(later, Ct));

            foreach (var node in (RedisNode[])[a, b])
            {
                await Eventually.BecomesTrueAsync(async () => (await node.Revocations.FindAsync(key, Ct))?.IssuedAt == later.IssuedAt, "both know the later one");
            }
        }
    }

    [Fact]
    public async Task A_node_that_starts_later_learns_what_either_logout_would_end()
    {
        var later = SomeRevocation.Of("the person", Now);
        var older = later with { IssuedAt = later.IssuedAt.AddSeconds(-1), ReceivedAt = later.ReceivedAt.AddSeconds(5), ProcessedTokenId = "older" };
        var longer = later with { ReceivedAt = later.ReceivedAt.AddSeconds(2), ExpiresAt = later.ExpiresAt.AddHours(1), ProcessedTokenId = "longer" };
        var brief = later with { ReceivedAt = later.ReceivedAt.AddSeconds(1), ProcessedTokenId = "brief" };
        await using (var a = await StartAsync())
        {
            foreach (var revocation in (AuthentiqRevocation[])[later, older, longer, brief, later with { ReceivedAt = later.ReceivedAt.AddSeconds(9) }])
            {
                await a.Revocations.AddAsync(revocation, Ct);
            }
        }

        // It knows only what Redis has made of them.
        await using var b = await StartAsync();
        (await b.Revocations.FindAsync("the person", Ct)).ShouldBe(longer with { ProcessedTokenId = "brief" });
    }

    [Fact]
    public async Task After_a_connection_was_lost_everything_is_asked_for_anew()
    {
        await using var server = await RedisServer.StartAsync(keepsData: true, Ct);
        await using var a = await RedisNode.StartAsync(server.Configuration, _prefix, _clock);
        await using var b = await RedisNode.StartAsync(server.Configuration, _prefix, _clock);
        await a.Revocations.AddAsync(SomeRevocation.Of("first", Now), Ct);
        await KnowsAsync(b, "first");

        // A logout that a failover brings back: b believes that it has read beyond its number.
        await a.Revocations.AddAsync(SomeRevocation.Of("second", Now), Ct);
        await KnowsAsync(b, "second");
        var database = await a.DatabaseAsync();
        await database.HashSetAsync(a.Keys.Revocation("third"), [.. await database.HashGetAllAsync(a.Keys.Revocation("first"))]);
        await database.SortedSetAddAsync(a.Keys.Changes, "third", 1);
        await a.Revocations.AddAsync(SomeRevocation.Of("fourth", Now), Ct);
        await KnowsAsync(b, "fourth");
        (await b.Revocations.FindAsync("third", Ct)).ShouldBeNull();

        await server.StopAsync();
        await server.StartAgainAsync(Ct);

        await KnowsAsync(b, "third");
        await Eventually.BecomesTrueAsync(() => TryAddAsync(a, "fifth"), "logouts are kept again");
        await KnowsAsync(b, "fifth");
    }

    [Fact]
    public async Task What_Redis_has_lost_a_node_still_knows()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var a = await RedisNode.StartAsync(server.Configuration, _prefix, _clock);
        await a.Revocations.AddAsync(SomeRevocation.Of("the person", Now), Ct);
        await server.StopAsync();
        await server.StartAgainAsync(Ct);
        await Eventually.BecomesTrueAsync(() => TryAddAsync(a, "another"), "logouts are kept again");

        (await a.Revocations.FindAsync("the person", Ct)).ShouldNotBeNull();
        (await (await a.DatabaseAsync()).KeyExistsAsync(a.Keys.Revocation("the person"))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_channel_prefix_of_the_connection_keeps_nobody_from_hearing()
    {
        await using var a = await RedisNode.StartAsync(redis.Server.Configuration + ",channelPrefix=app:", _prefix, _clock);
        await using var b = await RedisNode.StartAsync(redis.Server.Configuration + ",channelPrefix=app:", _prefix, _clock);
        await b.ListenAsync();

        await a.Revocations.AddAsync(SomeRevocation.Of("the person", Now), Ct);

        await KnowsAsync(b, "the person");
    }

    [Fact]
    public async Task The_connection_may_be_the_applications_own()
    {
        await using var theirs = await ConnectionMultiplexer.ConnectAsync(redis.Server.Configuration);
        await using (var a = await RedisNode.StartAsync(null!, _prefix, _clock, options => options.ConnectionMultiplexerFactory = _ => Task.FromResult<IConnectionMultiplexer>(theirs)))
        {
            await a.Revocations.AddAsync(SomeRevocation.Of("the person", Now), Ct);
        }

        theirs.IsConnected.ShouldBeTrue();
        (await theirs.GetDatabase().KeyExistsAsync(_prefix + "{revocations}:changes")).ShouldBeTrue();
    }

    private Task<RedisNode> StartAsync(TimeProvider? clock = null) =>
        RedisNode.StartAsync(redis.Server.Configuration, _prefix, clock ?? _clock, options => options.PollInterval = clock is null ? PollInterval : TimeSpan.FromMilliseconds(200));

    private static Task<TimeSpan> KnowsAsync(RedisNode node, string key) => Eventually.BecomesTrueAsync(async () => await node.Revocations.FindAsync(key, Ct) is not null, $"the node knows of {key}");

    private async Task<bool> TryAddAsync(RedisNode node, string key)
    {
        try
        {
            await node.Revocations.AddAsync(SomeRevocation.Of(key, Now), Ct);
            return true;
        }
        catch (AuthentiqStoreException)
        {
            return false;
        }
    }
}
