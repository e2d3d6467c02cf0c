using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Two nodes that share only an IDistributedCache and Data Protection keys.</summary>
public sealed class DistributedCacheTests
{
    private static readonly AuthentiqRevocationOptions Defaults = new();

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly SharedCache _cache = new();
    private readonly EphemeralDataProtectionProvider _keys = new();

    [Fact]
    public async Task A_logout_at_one_node_reaches_the_other_within_the_interval()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync(beside: one);
        await SignInAtBothAsync(one, other);

        await LogoutAsync(one);

        await one.ShouldBeSignedOutAsync();
        await other.ShouldBeSignedInAsync();
        _clock.Advance(Defaults.CacheCheckInterval);
        await other.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_second_logout_reaches_a_node_that_has_read_the_first()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync(beside: one);
        for (var i = 0; i < 3; i++)
        {
            await SignInAtBothAsync(one, other);
            await LogoutAsync(one);
            _clock.Advance(Defaults.CacheCheckInterval);
            await other.ShouldBeSignedOutAsync();
            await one.ShouldBeSignedOutAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Most_requests_do_not_read_the_cache()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        await app.ShouldBeSignedInAsync();
        _cache.Reads = 0;

        for (var i = 0; i < 50; i++)
        {
            await app.ShouldBeSignedInAsync();
        }

        _cache.Reads.ShouldBe(0);
        _clock.Advance(Defaults.CacheCheckInterval);
        await app.ShouldBeSignedInAsync();
        _cache.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_logout_token_at_two_nodes_has_one_effect()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync(beside: one);
        await SignInAtBothAsync(one, other);
        var token = one.Provider.IssueLogoutToken(RelyingParty.ClientId, one.Provider.Phone.Sessions.Single());
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        (await one.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await one.SignInAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(10));

        (await other.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        _clock.Advance(Defaults.CacheCheckInterval);
        await one.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task While_the_cache_is_unavailable_sessions_remain_valid_for_TrustFor_and_are_preserved_afterwards()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        _cache.IsDown = true;
        _clock.Advance(Defaults.CacheCheckInterval);

        await app.ShouldBeSignedInAsync();
        (await app.SendLogoutAsync(app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single(), draft => draft.Payload["sid"] = "another"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        _clock.Advance(Defaults.TrustFor + TimeSpan.FromSeconds(1));
        (await app.OpenProfileAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await app.Browser.GoAsync(RelyingParty.Address + "/", TestContext.Current.CancellationToken)).Body.ShouldBe("home");

        _cache.IsDown = false;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task While_one_part_of_the_cache_is_unavailable_its_sessions_return_503_and_others_continue()
    {
        await using var one = await StartAsync();
        await one.SignInAsync();
        await one.ShouldBeSignedInAsync();
        _cache.Read.Clear();
        _clock.Advance(Defaults.CacheCheckInterval);
        await one.ShouldBeSignedInAsync();
        _cache.Down = [.. _cache.Read];
        _cache.Down.Count.ShouldBe(2, "the user and the session at the provider");

        // Other keys are read continuously.
        var store = one.Services.GetRequiredService<IAuthentiqRevocationStore>();
        for (var i = 0; i <= 12; i++)
        {
            (await store.FindAsync("another key", TestContext.Current.CancellationToken)).ShouldBeNull();
            await one.ShouldBeSignedInAsync();
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        // The previous read was valid for one interval.
        _clock.Advance(Defaults.CacheCheckInterval);
        (await store.FindAsync("another key", TestContext.Current.CancellationToken)).ShouldBeNull();
        (await one.OpenProfileAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await store.FindAsync("another key", TestContext.Current.CancellationToken)).ShouldBeNull();

        _cache.Down = [];
        _clock.Advance(TimeSpan.FromSeconds(1));
        await one.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task A_logout_during_a_cache_outage_ends_the_session_on_this_node_immediately()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        _cache.IsDown = true;

        using var response = await app.SendLogoutAsync(Token(app));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task Sessions_can_be_refused_during_an_outage()
    {
        await using var app = await StartAsync(options: options => options.WhenStoreFails = AuthentiqStoreFailureMode.Refuse);
        await app.SignInAsync();
        await app.ShouldBeSignedInAsync();
        _cache.IsDown = true;
        _clock.Advance(Defaults.CacheCheckInterval);

        (await app.OpenProfileAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        _cache.IsDown = false;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task A_node_that_has_never_reached_the_cache_accepts_no_session()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync(beside: one);
        await one.SignInAsync();
        _cache.IsDown = true;
        CopyCookies(one, other);

        (await other.OpenProfileAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await one.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task Entries_in_the_cache_identify_no_user()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        var session = app.Provider.Phone.Sessions.Single();
        await LogoutAsync(app);

        _cache.Written.Count.ShouldBeGreaterThan(1);
        _cache.Written.ShouldAllBe(text => !text.Contains(session.SessionId) && !text.Contains(session.Persona.Subject));
    }

    [Fact]
    public async Task A_cache_in_memory_is_not_taken_for_a_shared_one()
    {
        await using var app = await RelyingParty.StartAsync(authentication: services => services.AddDistributedMemoryCache().AddAuthentication().AddAuthentiq());

        app.Services.GetRequiredService<IAuthentiqRevocationStore>().ShouldBeOfType<MemoryRevocationStore>();
    }

    private Task<RelyingParty> StartAsync(RelyingParty? beside = null, Action<AuthentiqRevocationOptions>? options = null) => RelyingParty.StartAsync(
        authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            services.AddSingleton<IDistributedCache>(_cache);
            services.AddSingleton<IDataProtectionProvider>(_keys);
            services.Configure(options ?? (_ => { }));
        },
        clock: _clock,
        beside: beside);

    private async Task SignInAtBothAsync(RelyingParty one, RelyingParty other)
    {
        (await one.SignInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        CopyCookies(one, other);
        await other.ShouldBeSignedInAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(10));
    }

    private static void CopyCookies(RelyingParty from, RelyingParty to)
    {
        foreach (var cookie in from.Browser.Cookies.GetAllCookies().ToList())
        {
            to.Browser.Cookies.Add(new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain) { Secure = cookie.Secure });
        }
    }

    private string Token(RelyingParty app)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        return app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single());
    }

    private async Task LogoutAsync(RelyingParty app) => (await app.SendLogoutAsync(Token(app))).StatusCode.ShouldBe(HttpStatusCode.OK);

    private sealed class SharedCache : IDistributedCache
    {
        private readonly MemoryDistributedCache _inner = new(Options.Create(new MemoryDistributedCacheOptions()));

        public bool IsDown { get; set; }

        public HashSet<string> Down { get; set; } = [];

        public HashSet<string> Read { get; } = [];

        public int Reads { get; set; }

        public List<string> Written { get; } = [];

        public byte[]? Get(string key) => throw new NotSupportedException("The cache must not be called synchronously.");

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public void Refresh(string key) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            Read.Add(key);
            ThrowIfDown();
            if (Down.Contains(key))
            {
                throw new InvalidOperationException("This part of the cache is down.");
            }

            Reads++;
            return _inner.GetAsync(key, token);
        }

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            ThrowIfDown();
            Written.Add(key + " " + System.Text.Encoding.UTF8.GetString(value));
            return _inner.SetAsync(key, value, options, token);
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        private void ThrowIfDown()
        {
            if (IsDown)
            {
                throw new InvalidOperationException("The cache is down.");
            }
        }
    }
}
