using Authentiq.TestSupport;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.Benchmarks;

/// <summary>
/// A request of somebody who is signed in, without and with the tokens saved: the framework's handlers alone, this package with the plain cookie, and with sessions on the server;
/// the same two where Redis keeps what nodes share.
/// </summary>
public class AuthenticatedRequest
{
    private Site? _site;
    private RedisServer? _redis;

    /// <summary>Whether the tokens are saved with the session.</summary>
    [Params(false, true)]
    public bool SaveTokens { get; set; }

    [GlobalSetup(Target = nameof(Framework))]
    public Task SetUpFrameworkAsync() => StartAsync(services => services.AddAuthentication("Cookies").AddCookie().AddOpenIdConnect(options =>
    {
        options.Authority = Site.Authority;
        options.ClientId = Site.ClientId;
        options.ClientSecret = Site.ClientSecret;
        options.Configuration = new();
    }));

    [GlobalSetup(Target = nameof(PlainCookie))]
    public Task SetUpPlainCookieAsync() => StartAsync(Add);

    [GlobalSetup(Target = nameof(SessionInMemory))]
    public Task SetUpSessionInMemoryAsync() => StartAsync(services =>
    {
        Add(services);
        services.AddAuthentiqSessions();
    });

    [GlobalSetup(Target = nameof(PlainCookieAndRedis))]
    public Task SetUpPlainCookieAndRedisAsync() => StartWithRedisAsync(Add);

    [GlobalSetup(Target = nameof(SessionInRedis))]
    public Task SetUpSessionInRedisAsync() => StartWithRedisAsync(services =>
    {
        Add(services);
        services.AddAuthentiqSessions();
    });

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _site!.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    [Benchmark(Baseline = true, Description = "AddOpenIdConnect + AddCookie")]
    public Task Framework() => _site!.OpenAsync();

    [Benchmark(Description = "AddAuthentiq")]
    public Task PlainCookie() => _site!.OpenAsync();

    [Benchmark(Description = "AddAuthentiq + AddAuthentiqSessions")]
    public Task SessionInMemory() => _site!.OpenAsync();

    [Benchmark(Description = "AddAuthentiq + AddAuthentiqRedis")]
    public Task PlainCookieAndRedis() => _site!.OpenAsync();

    [Benchmark(Description = "AddAuthentiq + AddAuthentiqSessions + AddAuthentiqRedis")]
    public Task SessionInRedis() => _site!.OpenAsync();

    private static void Add(IServiceCollection services) => services.AddAuthentication().AddAuthentiq(options =>
    {
        options.ClientId = Site.ClientId;
        options.ClientSecret = Site.ClientSecret;
        options.MetadataMode = AuthentiqMetadataMode.BuiltIn;
    });

    private async Task StartWithRedisAsync(Action<IServiceCollection> add)
    {
        _redis = await RedisServer.StartAsync();
        await StartAsync(services =>
        {
            add(services);
            services.AddAuthentiqRedis(_redis.Configuration);
        });
    }

    private async Task StartAsync(Action<IServiceCollection> add)
    {
        _site = await Site.StartAsync(add, SaveTokens);
        Console.WriteLine($"// cookies: {_site.CookieBytes} bytes");
    }
}
