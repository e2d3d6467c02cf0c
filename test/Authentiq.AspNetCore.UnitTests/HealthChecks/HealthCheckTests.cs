using System.Net;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class HealthCheckTests : IAsyncDisposable
{
    private const string OtherAuthority = "https://provider.example/";
    private const int MaxPolls = 10_000;

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly Provider _provider = new();
    private readonly FragileCache _cache = new();
    private ServiceProvider? _services;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_available_is_healthy()
    {
        Start(services => services.AddAuthentiqSessions());

        var entry = await CheckAsync();

        entry.Status.ShouldBe(HealthStatus.Healthy, entry.Description);
        entry.Description.ShouldBeNull();
        entry.Data["metadata.Authentiq"].ShouldBe("loaded");
        entry.Data["metadata.Authentiq.age_seconds"].ShouldBe(0L);
        entry.Data["keys.Authentiq"].ShouldBe("loaded");
        entry.Data["sessions.store"].ShouldBe(nameof(MemorySessionStore));
        entry.Data["revocations.store"].ShouldBe(nameof(MemoryRevocationStore));
    }

    [Fact]
    public async Task Every_scheme_is_reported_by_its_name()
    {
        Start(services => services.AddAuthentication().AddAuthentiq("Work", options => Configure(options, OtherAuthority)));

        var data = (await CheckAsync()).Data;

        data["metadata.Authentiq"].ShouldBe("loaded");
        data["metadata.Work"].ShouldBe("loaded");
    }

    [Fact]
    public async Task Without_a_scheme_there_is_nothing_to_be_healthy()
    {
        _services = new ServiceCollection().AddLogging().AddAuthentication().Services.AddHealthChecks().AddAuthentiq().Services.BuildServiceProvider();

        var entry = await CheckAsync();

        entry.Status.ShouldBe(HealthStatus.Unhealthy);
        entry.Description!.ShouldContain("AddAuthentication().AddAuthentiq()");
    }

    [Fact]
    public async Task Metadata_that_cannot_be_refreshed_is_degraded_only_when_it_is_old()
    {
        Start();
        await CheckAsync();
        _provider.IsDown = true;
        _clock.Advance(Options.AutomaticRefreshInterval - TimeSpan.FromSeconds(1));
        (await CheckAsync()).Status.ShouldBe(HealthStatus.Healthy, "it is not refreshed before its time");

        _clock.Advance(TimeSpan.FromSeconds(1));
        var entry = await CheckUntilAsync(HealthStatus.Degraded);
        entry.Description!.ShouldContain("outdated");
        entry.Data["metadata.Authentiq.failure"].ShouldBe(nameof(HttpRequestException));
        entry.Data["metadata.Authentiq.failure_age_seconds"].ShouldBe(0L);
        ((long)entry.Data["metadata.Authentiq.age_seconds"]).ShouldBe((long)Options.AutomaticRefreshInterval.TotalSeconds);

        _provider.IsDown = false;
        _clock.Advance(LastKnownGood<string>.RetryDelay);
        (await CheckUntilAsync(HealthStatus.Healthy)).Data.ShouldNotContainKey("metadata.Authentiq.failure");
    }

    [Fact]
    public async Task Built_in_endpoints_of_a_provider_that_is_down_are_degraded()
    {
        _provider.IsDown = true;
        Start();

        var entry = await CheckAsync();

        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Data["metadata.Authentiq"].ShouldBe("built-in");
        entry.Data["keys.Authentiq"].ShouldBe("none");
    }

    [Fact]
    public async Task A_scheme_that_uses_built_in_endpoints_only_is_healthy()
    {
        Start(options: options => options.MetadataMode = AuthentiqMetadataMode.BuiltIn);

        var entry = await CheckAsync();

        entry.Status.ShouldBe(HealthStatus.Healthy);
        entry.Data["metadata.Authentiq"].ShouldBe("built-in");
    }

    [Theory]
    [InlineData("RS256", HealthStatus.Unhealthy)]
    [InlineData("HS256", HealthStatus.Degraded)]
    [InlineData(null, HealthStatus.Degraded)]
    public async Task Missing_keys_are_unhealthy_where_every_ID_token_needs_them(string? algorithm, HealthStatus status)
    {
        _provider.IsDown = true;
        Start(options: options => (options.IdTokenSignedResponseAlg, options.MetadataMode) = (algorithm, AuthentiqMetadataMode.BuiltIn));

        (await CheckAsync()).Status.ShouldBe(status);
    }

    [Fact]
    public async Task No_metadata_is_unhealthy_until_the_provider_returns()
    {
        _provider.IsDown = true;
        Start(authority: OtherAuthority);

        var entry = await CheckAsync();
        entry.Status.ShouldBe(HealthStatus.Unhealthy);
        entry.Data["metadata.Authentiq"].ShouldBe("none");
        entry.Data["metadata.Authentiq.failure"].ShouldBe(nameof(HttpRequestException));

        _provider.IsDown = false;
        _clock.Advance(LastKnownGood<string>.RetryDelay);
        (await CheckAsync()).Status.ShouldBe(HealthStatus.Healthy, "the check itself fetches what is missing");
    }

    [Fact]
    public async Task A_provider_that_hangs_holds_up_the_check_for_no_longer_than_a_request()
    {
        _provider.Hangs = true;
        Start(authority: OtherAuthority);
        var check = CheckAsync();
        await _provider.WasAsked.Task.WaitAsync(Ct);
        for (var i = 0; i < MaxPolls && !check.IsCompleted; i++)
        {
            _clock.Advance(MetadataManager.FetchTimeout);
            await Task.Delay(1, Ct);
        }

        check.IsCompleted.ShouldBeTrue();
        (await check).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task The_configuration_manager_of_the_application_is_called()
    {
        var own = new OwnManager();
        Start(options: options => options.ConfigurationManager = own);
        (await CheckAsync()).Status.ShouldBe(HealthStatus.Healthy);

        own.IsDown = true;
        var entry = await CheckAsync();
        entry.Status.ShouldBe(HealthStatus.Unhealthy);
        entry.Data["metadata.Authentiq.failure"].ShouldBe(nameof(InvalidOperationException));
        entry.ShouldSayNothingOf("the-secret");
    }

    [Fact]
    public async Task A_session_store_that_fails_is_unhealthy_and_its_message_is_not_repeated()
    {
        var store = new FragileSessionStore();
        Start(services => services.AddAuthentiqSessions().AddSingleton<IAuthentiqSessionStore>(store));
        (await CheckAsync()).Status.ShouldBe(HealthStatus.Healthy);

        store.Failure = new AuthentiqStoreException("the-secret");
        var entry = await CheckAsync();

        entry.Status.ShouldBe(HealthStatus.Unhealthy);
        entry.Data["sessions.failure"].ShouldBe(nameof(AuthentiqStoreException));
        entry.Exception.ShouldBeNull();
        entry.ShouldSayNothingOf("the-secret");
        store.Keys.ShouldBe([StoreChecks.MissingKey, StoreChecks.MissingKey], "one look-up in each check");
    }

    [Fact]
    public async Task A_session_store_that_is_not_used_is_not_called()
    {
        var store = new FragileSessionStore();
        Start(services => services.AddSingleton<IAuthentiqSessionStore>(store));

        (await CheckAsync()).Data.ShouldNotContainKey("sessions.store");
        store.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_caller_can_cancel_a_look_up_that_hangs()
    {
        var store = new FragileSessionStore { Hangs = true };
        Start(services => services.AddAuthentiqSessions().AddSingleton<IAuthentiqSessionStore>(store));
        using var caller = new CancellationTokenSource();
        var check = _services!.GetRequiredService<HealthCheckService>().CheckHealthAsync(caller.Token);
        await store.WasAsked.Task.WaitAsync(Ct);

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(check);
    }

    [Fact]
    public async Task A_cache_that_is_unavailable_is_degraded_while_revocations_are_trusted_and_then_unhealthy()
    {
        Start(services => services.AddSingleton<IDistributedCache>(_cache));
        (await CheckAsync()).Status.ShouldBe(HealthStatus.Healthy);

        _cache.IsDown = true;
        _clock.Advance(Revocation.CacheCheckInterval);
        (await CheckAsync()).Status.ShouldBe(HealthStatus.Degraded);

        _clock.Advance(Revocation.TrustFor);
        var entry = await CheckAsync();
        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Data["revocations.outage_seconds"].ShouldBe((long)Revocation.TrustFor.TotalSeconds);

        _clock.Advance(TimeSpan.FromSeconds(1));
        entry = await CheckAsync();
        entry.Status.ShouldBe(HealthStatus.Unhealthy);
        entry.Data["revocations.failure"].ShouldBe(nameof(AuthentiqStoreException));

        _cache.IsDown = false;
        _clock.Advance(TimeSpan.FromSeconds(1));
        entry = await CheckAsync();
        entry.Status.ShouldBe(HealthStatus.Healthy);
        entry.Data.ShouldNotContainKey("revocations.outage_seconds");
    }

    [Fact]
    public async Task A_cache_that_is_unavailable_is_unhealthy_at_once_where_nothing_is_trusted()
    {
        Start(services => services.AddSingleton<IDistributedCache>(_cache).Configure<AuthentiqRevocationOptions>(options => options.WhenStoreFails = AuthentiqStoreFailureMode.Refuse));
        await CheckAsync();

        _cache.IsDown = true;
        _clock.Advance(Revocation.CacheCheckInterval);

        (await CheckAsync()).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task The_failure_status_of_the_application_takes_the_place_of_unhealthy()
    {
        var store = new FragileSessionStore { Failure = new InvalidOperationException() };
        Start(services => services.AddAuthentiqSessions().AddSingleton<IAuthentiqSessionStore>(store), health: builder => builder.AddAuthentiq("sign-in", HealthStatus.Degraded, ["ready"]));

        var report = await _services!.GetRequiredService<HealthCheckService>().CheckHealthAsync(registration => registration.Tags.Contains("ready"), Ct);

        report.Entries["sign-in"].Status.ShouldBe(HealthStatus.Degraded);
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        _provider.Dispose();
    }

    private AuthentiqOptions Options => _services!.GetRequiredService<IOptionsMonitor<AuthentiqOptions>>().Get(AuthentiqDefaults.AuthenticationScheme);

    private AuthentiqRevocationOptions Revocation => _services!.GetRequiredService<IOptions<AuthentiqRevocationOptions>>().Value;

    private void Start(Action<IServiceCollection>? services = null, string? authority = null, Action<AuthentiqOptions>? options = null, Action<IHealthChecksBuilder>? health = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(_clock);
        collection.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());

        // Before the handler: the order does not matter.
        (health ?? (builder => builder.AddAuthentiq()))(collection.AddHealthChecks());
        collection.AddAuthentication().AddAuthentiq(configured =>
        {
            Configure(configured, authority);
            options?.Invoke(configured);
        });
        services?.Invoke(collection);
        _services = collection.BuildServiceProvider();
    }

    private void Configure(AuthentiqOptions options, string? authority)
    {
        options.ClientId = "the-client";
        options.ClientSecret = "a-client-secret-of-32-characters";
        options.BackchannelHttpHandler = _provider;
        if (authority is not null)
        {
            options.Authority = authority;
        }
    }

    private async Task<HealthReportEntry> CheckAsync() => (await _services!.GetRequiredService<HealthCheckService>().CheckHealthAsync(Ct)).Entries.Values.ShouldHaveSingleItem();

    // A refresh runs in the background.
    private async Task<HealthReportEntry> CheckUntilAsync(HealthStatus status)
    {
        var entry = await CheckAsync();
        for (var i = 0; i < MaxPolls && entry.Status != status; i++)
        {
            await Task.Delay(1, Ct);
            entry = await CheckAsync();
        }

        entry.Status.ShouldBe(status, entry.Description);
        return entry;
    }

    private sealed class Provider : HttpMessageHandler
    {
        public bool IsDown { get; set; }

        public bool Hangs { get; set; }

        public TaskCompletionSource WasAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            WasAsked.TrySetResult();
            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return IsDown ? throw new HttpRequestException("down") : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Respond(request.RequestUri!)) };
        }

        private static string Respond(Uri address)
        {
            var root = address.GetLeftPart(UriPartial.Authority);
            return address.AbsolutePath.EndsWith("openid-configuration", StringComparison.Ordinal)
                ? $$"""{"issuer":"{{root}}/","authorization_endpoint":"{{root}}/a","token_endpoint":"{{root}}/t","jwks_uri":"{{root}}/keys"}"""
                : """{"keys":[{"kty":"EC","crv":"P-256","kid":"1","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}""";
        }
    }

    private sealed class OwnManager : IConfigurationManager<OpenIdConnectConfiguration>
    {
        public bool IsDown { get; set; }

        public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
            IsDown ? throw new InvalidOperationException("the-secret") : Task.FromResult(new OpenIdConnectConfiguration());

        public void RequestRefresh()
        {
        }
    }

    private sealed class FragileCache : IDistributedCache
    {
        private readonly MemoryDistributedCache _inner = new(Microsoft.Extensions.Options.Options.Create(new MemoryDistributedCacheOptions()));

        public bool IsDown { get; set; }

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => IsDown ? throw new InvalidOperationException("down") : _inner.GetAsync(key, token);

        public byte[]? Get(string key) => throw new NotSupportedException();

        public void Refresh(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => throw new NotSupportedException();
    }

    /// <summary>A store of an application, which ignores cancellation.</summary>
    private sealed class FragileSessionStore : IAuthentiqSessionStore
    {
        public List<string> Keys { get; } = [];

        public Exception? Failure { get; set; }

        public bool Hangs { get; init; }

        public TaskCompletionSource WasAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<AuthentiqSession?> FindAsync(string key, CancellationToken cancellationToken)
        {
            Keys.Add(key);
            WasAsked.TrySetResult();
            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
            }

            return Failure is null ? null : throw Failure;
        }

        public Task AddAsync(AuthentiqSession session, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AuthentiqSessionReplaceResult> ReplaceAsync(AuthentiqSession session, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task TouchAsync(string key, DateTimeOffset lastSeenAt, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> RemoveAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<AuthentiqSession>> FindBySubjectAsync(string subjectKey, int skip, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<AuthentiqSession>> FindBySessionIdAsync(string sessionIdKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> TryAcquireLeaseAsync(string key, string owner, TimeSpan duration, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseLeaseAsync(string key, string owner, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
