using Authentiq.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class RedisFailureTests
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);

    private readonly string _prefix = RedisNode.NewPrefix();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public async Task A_node_starts_without_Redis_and_works_as_soon_as_there_is_one()
    {
        await using var server = RedisServer.Prepare();
        await using var node = await StartAsync(server);

        await Should.ThrowAsync<AuthentiqStoreException>(async () => await node.Revocations.FindAsync("the person", Ct));
        await Should.ThrowAsync<AuthentiqStoreException>(async () => await node.Sessions.FindAsync("the key", Ct));

        await server.StartAgainAsync(Ct);
        await Eventually.BecomesTrueAsync(async () => await AnswersAsync(node), "the node has found Redis");
        await node.Revocations.AddAsync(SomeRevocation.Of("the person", TimeProvider.System.GetUtcNow()), Ct);
        (await node.Revocations.FindAsync("the person", Ct)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_known_counts_for_a_while_and_then_nothing_can_be_said(bool hangs)
    {
        await using var server = await RedisServer.StartAsync(keepsData: true, Ct);
        await using var node = await StartAsync(server, _clock, services: services => services.Configure<AuthentiqRevocationOptions>(options => options.WhenStoreFails = AuthentiqStoreFailureMode.Refuse));
        await node.Revocations.AddAsync(SomeRevocation.Of("gone", Now), Ct);
        await node.ListenAsync();

        await FailAsync(server, hangs);

        (await node.Revocations.FindAsync("somebody", Ct)).ShouldBeNull();
        _clock.Advance(PollInterval + CallTimeout);
        (await node.Revocations.FindAsync("somebody", Ct)).ShouldBeNull();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<AuthentiqStoreException>(async () => await node.Revocations.FindAsync("somebody", Ct));

        // That somebody was signed out does not become less true.
        (await node.Revocations.FindAsync("gone", Ct)).ShouldNotBeNull();

        await MendAsync(server, hangs);
        await Eventually.BecomesTrueAsync(async () => await AnswersAsync(node), "the node has found Redis again");
        (await node.Revocations.FindAsync("somebody", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_known_may_be_trusted_for_longer_but_not_for_ever()
    {
        var trusted = TimeSpan.FromMinutes(10);
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var node = await StartAsync(server, _clock, services: services => services.Configure<AuthentiqRevocationOptions>(options =>
        {
            options.WhenStoreFails = AuthentiqStoreFailureMode.TrustLastKnown;
            options.TrustFor = trusted;
        }));
        await node.ListenAsync();
        await server.StopAsync();

        _clock.Advance(PollInterval + CallTimeout + trusted);
        (await node.Revocations.FindAsync("somebody", Ct)).ShouldBeNull();

        // It is not kept for the others, and over here all the same.
        await Should.ThrowAsync<AuthentiqStoreException>(() => node.Revocations.AddAsync(SomeRevocation.Of("another", Now), Ct));
        (await node.Revocations.FindAsync("another", Ct)).ShouldNotBeNull();

        _clock.Advance(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<AuthentiqStoreException>(async () => await node.Revocations.FindAsync("somebody", Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_call_ends_and_says_nothing_about_anybody(bool hangs)
    {
        await using var server = await RedisServer.StartAsync(keepsData: true, Ct);
        await using var node = await StartAsync(server);
        var session = SomeSession.Of(1, TimeProvider.System.GetUtcNow());
        await node.Sessions.AddAsync(session, Ct);

        await FailAsync(server, hangs);

        await ShouldFailAsync(() => node.Sessions.FindAsync(session.Key, Ct).AsTask(), session);
        await ShouldFailAsync(() => node.Sessions.AddAsync(SomeSession.Of(2, Now), Ct), session);
        await ShouldFailAsync(() => node.Sessions.ReplaceAsync(session with { Revision = 1 }, Ct), session);
        await ShouldFailAsync(() => node.Sessions.TouchAsync(session.Key, Now, Ct), session);
        await ShouldFailAsync(() => node.Sessions.FindBySubjectAsync(session.SubjectKey!, 0, int.MaxValue, Ct), session);
        await ShouldFailAsync(() => node.Sessions.FindBySessionIdAsync(session.SessionIdKey!, Ct), session);
        await ShouldFailAsync(() => node.Sessions.TryAcquireLeaseAsync(session.Key, "a", TimeSpan.FromSeconds(30), Ct), session);
        await ShouldFailAsync(() => node.Sessions.ReleaseLeaseAsync(session.Key, "a", Ct), session);
        await ShouldFailAsync(() => node.Revocations.AddAsync(SomeRevocation.Of(session.SubjectKey!, Now), Ct), session);

        await MendAsync(server, hangs);
        await Eventually.BecomesTrueAsync(async () => await AnswersAsync(node), "the node has found Redis again");
        (await node.Sessions.FindAsync(session.Key, Ct))!.SubjectKey.ShouldBe(session.SubjectKey);
        foreach (var record in node.Log.GetSnapshot())
        {
            ShouldSayNothingOf(session, record.Message + record.Exception);
        }
    }

    [Fact]
    public async Task Whoever_does_not_want_to_wait_does_not_have_to()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var node = await RedisNode.StartAsync(server.Configuration, _prefix);
        await node.ListenAsync();
        await server.PauseAsync();
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(async () => await node.Sessions.FindAsync("the key", impatience.Token));

        await server.ResumeAsync();
        (await node.Sessions.FindAsync("the key", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_refuses_a_call_is_told_by_its_code()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var node = await RedisNode.StartAsync(server.Configuration + ",allowAdmin=true", _prefix);
        var connection = await node.ConnectionAsync();
        await connection.GetServer("127.0.0.1", server.Port).ConfigSetAsync("maxmemory", "1");

        var failure = await Should.ThrowAsync<AuthentiqStoreException>(() => node.Sessions.AddAsync(SomeSession.Of(1, Now), Ct));

        failure.Message.ShouldBe($"Redis at {server.Configuration} is unavailable: error response (OOM).");
        await connection.GetServer("127.0.0.1", server.Port).ConfigSetAsync("maxmemory", "0");
        await node.Sessions.AddAsync(SomeSession.Of(1, Now), Ct);
    }

    [Fact]
    public async Task That_Redis_fails_is_logged_once_and_so_is_that_it_answers_again()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var node = await StartAsync(server, options: options => options.PollInterval = TimeSpan.FromMilliseconds(200));
        await node.ListenAsync();
        await server.StopAsync();
        await Eventually.BecomesTrueAsync(() => Task.FromResult(Logged(node, 801) > 0), "the failure is logged");
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        await server.StartAgainAsync(Ct);
        await Eventually.BecomesTrueAsync(() => Task.FromResult(Logged(node, 802) > 0), "the recovery is logged");

        Logged(node, 801).ShouldBe(1);
        Logged(node, 802).ShouldBe(1);
    }

    [Fact]
    public async Task A_node_that_cannot_reach_Redis_says_where_it_looked_and_what_it_found()
    {
        await using var server = RedisServer.Prepare();
        await using var node = await StartAsync(server);

        await Eventually.BecomesTrueAsync(() => Task.FromResult(Logged(node, 804) > 0), "the failure is logged");

        node.Log.GetSnapshot().First(record => record.Id.Id == 804).Message.ShouldContain($"Redis at {server.Configuration} is unavailable: no connection (ConnectionRefused).");
    }

    [Fact]
    public async Task A_node_without_the_password_says_that_Redis_wants_one()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var operations = await RedisNode.StartAsync(server.Configuration + ",allowAdmin=true", _prefix);
        await (await operations.ConnectionAsync()).GetServer("127.0.0.1", server.Port).ConfigSetAsync("requirepass", "the-password");
        await using var node = await StartAsync(server);

        await Eventually.BecomesTrueAsync(() => Task.FromResult(Logged(node, 804) > 0), "the failure is logged");

        node.Log.GetSnapshot().First(record => record.Id.Id == 804).Message.ShouldContain("authentication failed");
    }

    [Fact]
    public async Task An_outage_is_waited_for_by_one_request_and_not_by_all()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: Ct);
        await using var node = await StartAsync(server);
        await node.ListenAsync();
        await server.PauseAsync();
        await Should.ThrowAsync<AuthentiqStoreException>(async () => await node.Sessions.FindAsync("the key", Ct));

        // The few that try again still wait.
        var calls = Enumerable.Range(0, 100).Select(_ => node.Sessions.FindAsync("the key", Ct).AsTask()).ToList();
        calls.Count(call => call.IsCompleted).ShouldBeGreaterThan(90);

        await server.ResumeAsync();
        await Should.ThrowAsync<AuthentiqStoreException>(() => Task.WhenAll(calls));
        await Eventually.BecomesTrueAsync(async () => await AnswersAsync(node), "the node has found Redis again");
    }

    // It is out of patience soon, so that the tests are not slow.
    private Task<RedisNode> StartAsync(RedisServer server, TimeProvider? clock = null, Action<AuthentiqRedisOptions>? options = null, Action<IServiceCollection>? services = null) => RedisNode.StartAsync(
        server.Configuration,
        _prefix,
        clock,
        redis =>
        {
            redis.CallTimeout = CallTimeout;
            options?.Invoke(redis);
        },
        services);

    private static int Logged(RedisNode node, int id) => node.Log.GetSnapshot().Count(record => record.Id.Id == id);

    private static async Task ShouldFailAsync(Func<Task> call, AuthentiqSession session) => ShouldSayNothingOf(session, (await Should.ThrowAsync<AuthentiqStoreException>(call)).ToString());

    private static void ShouldSayNothingOf(AuthentiqSession session, string text)
    {
        foreach (var secret in (string[])[session.Key, session.SubjectKey!, session.SessionIdKey!])
        {
            text.ShouldNotContain(secret);
        }
    }

    private static Task FailAsync(RedisServer server, bool hangs) => hangs ? server.PauseAsync() : server.StopAsync();

    private static Task MendAsync(RedisServer server, bool hangs) => hangs ? server.ResumeAsync() : server.StartAgainAsync(Ct);

    // The node tries again after a second of its own clock.
    private async Task<bool> AnswersAsync(RedisNode node)
    {
        try
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await node.Revocations.FindAsync("somebody", Ct);
            await node.Sessions.FindAsync("the key", Ct);
            return true;
        }
        catch (AuthentiqStoreException)
        {
            return false;
        }
    }
}
