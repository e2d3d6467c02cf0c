using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>One logout token that is delivered more than once: concurrently, later, before and after a new sign-in, on one node and on two.</summary>
public sealed class LogoutReplayTests : IDisposable
{
    private readonly FakeTimeProvider _clock = SessionSite.Clock();
    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly MemoryDistributedCache _inner;
    private readonly TaskCompletionSource _mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _began = new(0);
    private Func<Task>? _event;
    private int _events;

    public LogoutReplayTests() => _inner = new(Options.Create(new MemoryDistributedCacheOptions { Clock = new CacheClock(_clock) }));

    [Fact]
    public async Task Concurrent_deliveries_at_one_node_share_one_event()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        var token = Token(app);
        _event = () => _mayEnd.Task;

        var first = app.SendLogoutAsync(token);
        await _began.WaitAsync(TestContext.Current.CancellationToken);
        var others = Enumerable.Range(0, 5).Select(_ => app.SendLogoutAsync(token)).ToList();
        await app.ShouldBeSignedOutAsync();
        _mayEnd.SetResult();

        foreach (var delivery in others.Append(first))
        {
            (await delivery).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        _events.ShouldBe(1);
    }

    [Fact]
    public async Task While_one_node_runs_the_event_another_node_returns_503()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync(beside: one);
        await one.SignInAsync();
        var token = Token(one);
        _event = () => _mayEnd.Task;
        var first = one.SendLogoutAsync(token);
        await _began.WaitAsync(TestContext.Current.CancellationToken);

        using var postponed = await other.SendLogoutAsync(token);
        postponed.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        postponed.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));

        _mayEnd.SetResult();
        (await first).StatusCode.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await other.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await one.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _events.ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_event_runs_again_on_any_node_that_receives_the_token_again()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync(beside: one);
        await one.SignInAsync();
        var token = Token(one);
        _event = () => throw new InvalidOperationException("The database is away.");
        using var failed = await one.SendLogoutAsync(token);
        failed.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        failed.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
        failed.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await failed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("database");
        var entry = one.Log.GetSnapshot().Where(record => record.Id.Name == "LogoutEventFailed").ShouldHaveSingleItem();
        entry.Level.ShouldBe(LogLevel.Error);
        entry.Exception.ShouldBeOfType<InvalidOperationException>().Message.ShouldBe("The database is away.");
        await one.ShouldBeSignedOutAsync();
        _event = null;
        _clock.Advance(TimeSpan.FromSeconds(30));

        (await other.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        _events.ShouldBe(2);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 20)]
    [InlineData(true, 0)]
    [InlineData(true, 20)]
    public async Task A_token_that_was_processed_has_no_effect_on_a_later_sign_in(bool atAnotherNode, int secondsLater)
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync(beside: one);
        await one.SignInAsync();
        var token = Token(one);
        (await one.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await one.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await one.ShouldBeSignedOutAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await one.SignInAsync();
        _clock.Advance(TimeSpan.FromSeconds(secondsLater));

        (await (atAnotherNode ? other : one).SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await one.ShouldBeSignedInAsync();
        _events.ShouldBe(1);
    }

    [Fact]
    public async Task A_node_that_has_just_read_that_there_is_no_logout_accepts_a_token_that_another_node_has_processed()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync(beside: one);
        await one.SignInAsync();
        var cookie = one.SessionCookie()!;
        (await other.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        var token = Token(one);
        (await one.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await other.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await other.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
        _clock.Advance(TimeSpan.FromSeconds(30));
        foreach (var app in (RelyingParty[])[one, other])
        {
            (await app.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        _events.ShouldBe(1);
    }

    [Fact]
    public async Task A_cookie_from_before_the_logout_is_refused_at_both_nodes_and_one_from_after_it_is_not()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync(beside: one);
        await one.SignInAsync();
        var before = one.SessionCookie()!;
        (await one.SendLogoutAsync(Token(one))).StatusCode.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(1));
        one.ForgetCookies("app.example.test");
        await one.SignInAsync();
        var after = one.SessionCookie()!;

        foreach (var app in (RelyingParty[])[one, other, one, other])
        {
            (await app.TryCookieAsync(before)).ShouldBe(HttpStatusCode.Redirect);
            (await app.TryCookieAsync(after)).ShouldBe(HttpStatusCode.OK);
            _clock.Advance(TimeSpan.FromMinutes(10));
        }
    }

    [Fact]
    public async Task A_node_whose_clock_is_behind_does_not_ignore_a_logout()
    {
        var ahead = new FakeTimeProvider(_clock.GetUtcNow().AddSeconds(4));
        await using var behind = await StartAsync();
        await using var app = await StartAsync(beside: behind, clock: ahead);
        await app.SignInAsync();
        await app.ShouldBeSignedInAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        ahead.Advance(TimeSpan.FromSeconds(1));

        (await behind.SendLogoutAsync(Token(behind))).StatusCode.ShouldBe(HttpStatusCode.OK);

        ahead.Advance(TimeSpan.FromSeconds(10));
        await app.ShouldBeSignedOutAsync();
    }

    public void Dispose() => _began.Dispose();

    private Task<RelyingParty> StartAsync(RelyingParty? beside = null, TimeProvider? clock = null) => RelyingParty.StartAsync(
        options => ((AuthentiqEvents)options.Events).OnBackChannelLogout = _ =>
        {
            Interlocked.Increment(ref _events);
            _began.Release();
            return _event?.Invoke() ?? Task.CompletedTask;
        },
        authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            services.AddSingleton<IDistributedCache>(new SharedCache(_inner));
            services.AddSingleton<IDataProtectionProvider>(_keys);
        },
        clock: clock ?? _clock,
        beside: beside);

    private string Token(RelyingParty app)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        return app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single());
    }

    private sealed class CacheClock(TimeProvider clock) : Microsoft.Extensions.Internal.ISystemClock
    {
        public DateTimeOffset UtcNow => clock.GetUtcNow();
    }

    /// <summary>A shared cache. The in-memory cache of the framework does not count as shared.</summary>
    private sealed class SharedCache(MemoryDistributedCache inner) : IDistributedCache
    {
        public byte[]? Get(string key) => inner.Get(key);

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => inner.GetAsync(key, token);

        public void Refresh(string key) => inner.Refresh(key);

        public Task RefreshAsync(string key, CancellationToken token = default) => inner.RefreshAsync(key, token);

        public void Remove(string key) => inner.Remove(key);

        public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => inner.Set(key, value, options);

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => inner.SetAsync(key, value, options, token);
    }
}
