using System.Net;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A logout that returned 200 has ended the session: after deployments, on other nodes, when it is late, and after failures.</summary>
public sealed class LostLogoutTests
{
    private readonly FakeTimeProvider _clock = SessionSite.Clock();
    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly Shared _cache = new();

    [Fact]
    public async Task A_logout_that_arrives_at_another_node_ends_a_session_in_memory_however_long_its_user_was_idle()
    {
        await using var one = await StartAsync(sessions: true);
        await using var other = await StartAsync(sessions: true, beside: one);
        (await other.SignInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        var cookie = other.SessionCookie()!;
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await one.SendLogoutAsync(one.Provider.IssueLogoutToken(RelyingParty.ClientId, one.Provider.Phone.Sessions.Single()))).StatusCode.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromMinutes(70));
        (await other.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deployment_that_switches_server_side_sessions_on_and_off_revives_no_cookie(bool control)
    {
        await using var old = await StartAsync(sessions: false);
        (await old.SignInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        var cookie = old.SessionCookie()!;
        await using var canary = await StartAsync(sessions: true, beside: old);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await (control ? old : canary).SendLogoutAsync(old.Provider.IssueLogoutToken(RelyingParty.ClientId, old.Provider.Phone.Sessions.Single()))).StatusCode.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromMinutes(70));
        (await old.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_logout_token_signed_with_a_new_key_is_accepted_with_and_without_a_key_id(bool withKid)
    {
        await using var app = await RelyingParty.StartAsync(client: client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256, clock: _clock);
        (await app.SignInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromMinutes(5));
        app.Provider.Keys.Rotate();
        using var response = await app.SendLogoutAsync(app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single(), token =>
        {
            if (!withKid)
            {
                token.Header["kid"] = null;
            }
        }));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_cookie_of_a_server_side_session_names_no_user_when_sessions_are_switched_off(bool issuer)
    {
        await using var old = await StartAsync(sessions: true, issuer: issuer);
        (await old.SignInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        var cookie = old.SessionCookie()!;
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await old.SendLogoutAsync(old.Provider.IssueLogoutToken(RelyingParty.ClientId, old.Provider.Phone.Sessions.Single()))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var plain = await StartAsync(sessions: false, beside: old, issuer: issuer);
        _clock.Advance(TimeSpan.FromDays(100));
        (await plain.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_newer_logout_whose_event_failed_does_not_make_an_older_one_count_as_processed()
    {
        var fails = true;
        var runs = 0;
        await using var app = await StartAsync(false, options: options => ((AuthentiqEvents)options.Events).OnBackChannelLogout = _ => fails ? throw new InvalidOperationException("database") : Task.FromResult(runs++));
        (await app.SignInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var session = app.Provider.Phone.Sessions.Single();
        var first = app.Provider.IssueLogoutToken(RelyingParty.ClientId, session);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var second = app.Provider.IssueLogoutToken(RelyingParty.ClientId, session);
        (await app.SendLogoutAsync(second)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        fails = false;
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await app.SendLogoutAsync(first)).StatusCode.ShouldBe(HttpStatusCode.OK);
        runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_logout_ends_a_session_that_only_a_node_of_a_later_version_can_read()
    {
        await using var server = await RedisServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var app = await RedisSite.StartAsync(server, sessionsOnServer: true, clock: _clock);
        (await app.SignInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        var cookie = app.SessionCookie()!;
        var connection = await app.Services.GetRequiredService<RedisConnection>().ConnectAsync(TestContext.Current.CancellationToken);
        var database = connection.GetDatabase();
        var key = await connection.GetServer(connection.GetEndPoints()[0]).KeysAsync(pattern: "*key:*").SingleAsync(TestContext.Current.CancellationToken);
        await database.HashSetAsync(key, "v", "2");
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await app.SendLogoutAsync(app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single()))).StatusCode.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromMinutes(70));

        // The result on the node with the later version.
        await database.HashSetAsync(key, "v", "1");
        (await app.TryCookieAsync(cookie)).ShouldNotBe(HttpStatusCode.OK);
        await Eventually.BecomesTrueAsync(async () => await app.TryCookieAsync(cookie) == HttpStatusCode.Redirect, "the node has asked Redis again");
    }

    private Task<RelyingParty> StartAsync(bool sessions, RelyingParty? beside = null, Action<AuthentiqOptions>? options = null, bool issuer = false) => RelyingParty.StartAsync(
        options,
        authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            services.AddSingleton<IDistributedCache>(_cache);
            services.AddSingleton<IDataProtectionProvider>(_keys);
            if (issuer)
            {
                services.Configure<CookieAuthenticationOptions>("Cookies", cookie => cookie.ClaimsIssuer = "https://app.example.test");
            }

            if (sessions)
            {
                services.AddAuthentiqSessions();
            }
        },
        clock: _clock,
        beside: beside);

    private sealed class Shared : IDistributedCache
    {
        private readonly MemoryDistributedCache _inner = new(Options.Create(new MemoryDistributedCacheOptions()));

        public byte[]? Get(string key) => _inner.Get(key);

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => _inner.Set(key, value, options);

        public void Refresh(string key) => _inner.Refresh(key);

        public void Remove(string key) => _inner.Remove(key);

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => _inner.GetAsync(key, token);

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => _inner.SetAsync(key, value, options, token);

        public Task RefreshAsync(string key, CancellationToken token = default) => _inner.RefreshAsync(key, token);

        public Task RemoveAsync(string key, CancellationToken token = default) => _inner.RemoveAsync(key, token);
    }
}
