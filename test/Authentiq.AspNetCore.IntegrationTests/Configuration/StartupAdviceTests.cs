using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class StartupAdviceTests
{
    [Fact]
    public async Task A_cookie_as_the_only_default_gets_the_line_to_add()
    {
        await using var app = await RelyingParty.StartAsync(authentication: services => services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie().AddAuthentiq());

        Advice(app).ShouldContain("options.DefaultChallengeScheme = \"Authentiq\"");
    }

    [Fact]
    public async Task A_short_secret_is_told_while_the_algorithm_is_open()
    {
        await using var app = await RelyingParty.StartAsync(options => options.ClientSecret = "short");

        Advice(app).ShouldContain("ClientSecret has 40 bits");
    }

    [Fact]
    public async Task Sessions_on_the_server_that_would_hold_nobody_are_told()
    {
        void Add(IServiceCollection services) => services.AddAuthentication("Identity.Application").AddCookie("Identity.Application").AddCookie("Identity.External")
            .AddAuthentiq(options => options.SignInScheme = "Identity.External");

        await using var with = await RelyingParty.StartAsync(authentication: services =>
        {
            Add(services);
            services.AddAuthentiqSessions();
        });
        await using var without = await RelyingParty.StartAsync(authentication: Add);

        Advice(with).ShouldContain("AddAuthentiqSessions() has no effect");
        Advice(without).ShouldNotContain("AddAuthentiqSessions()");
    }

    [Fact]
    public async Task Settings_of_a_distributed_cache_without_one_are_reported()
    {
        await using var with = await RelyingParty.StartAsync(authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            services.AddSingleton<IDistributedCache, UnusedCache>();
            services.Configure<AuthentiqRevocationOptions>(revocations => revocations.CacheTimeout = TimeSpan.FromSeconds(1));
        });
        await using var without = await RelyingParty.StartAsync(authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq().AddAuthentiq("Partner", options => (options.ClientId, options.ClientSecret) = ("partner", "a-client-secret-of-32-characters"));
            services.Configure<AuthentiqRevocationOptions>(revocations => (revocations.CacheCheckInterval, revocations.CacheTimeout) = (TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        });

        Advice(with).ShouldBeEmpty();
        Advice(without).Split('\n').ShouldHaveSingleItem().ShouldContain("AuthentiqRevocationOptions.CacheCheckInterval and AuthentiqRevocationOptions.CacheTimeout have no effect, as revocations are not stored in an IDistributedCache. Remove them");
    }

    [Fact]
    public async Task A_good_application_gets_no_advice()
    {
        await using var app = await RelyingParty.StartAsync();

        Advice(app).ShouldBeEmpty();
    }

    private static string Advice(RelyingParty app) =>
        string.Join('\n', app.Log.GetSnapshot().Where(entry => entry.Id.Name == "ConfigurationAdvice" && entry.Level == LogLevel.Warning).Select(entry => entry.Message));

    /// <summary>Nothing reads a cache when an application starts.</summary>
    private sealed class UnusedCache : IDistributedCache
    {
        public byte[]? Get(string key) => throw new NotSupportedException();

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => throw new NotSupportedException();

        public void Refresh(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();
    }
}
