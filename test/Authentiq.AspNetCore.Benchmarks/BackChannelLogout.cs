using System.Text;
using Authentiq.TestSupport;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.Benchmarks;

/// <summary>A logout token (HS256) that arrives among many live sessions, from the request to the answer: what it costs must not depend on their number.</summary>
[InvocationCount(Logouts)]
[IterationCount(15)]
[WarmupCount(200)] // Short iterations: the compiler is done only after about a hundred of them.
public class BackChannelLogout
{
    private const int Logouts = 500;
    private const int TicketBytes = 700;

    private readonly byte[][] _forms = new byte[Logouts][];
    private RedisServer? _redis;
    private Site? _site;
    private AuthentiqOptions? _options;
    private IAuthentiqSessionStore? _store;
    private int _next;
    private int _names;

    /// <summary>The live sessions, each of a person of its own.</summary>
    [Params(10_000, 100_000)]
    public int Sessions { get; set; }

    [GlobalSetup(Target = nameof(InMemory))]
    public Task SetUpInMemoryAsync() => StartAsync(Add);

    [GlobalSetup(Target = nameof(InRedis))]
    public async Task SetUpInRedisAsync()
    {
        _redis = await RedisServer.StartAsync();
        await StartAsync(services =>
        {
            Add(services);
            services.AddAuthentiqRedis(_redis.Configuration);
        });
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _site!.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    [IterationSetup]
    public void AddWhatTheLogoutsEnd()
    {
        _next = 0;
        for (var i = 0; i < Logouts; i++)
        {
#pragma warning disable VSTHRD002, MA0045 // BenchmarkDotNet sets up iterations without tasks.
            _forms[i] = Encoding.UTF8.GetBytes("logout_token=" + LogoutToken(AddSessionAsync().GetAwaiter().GetResult()));
#pragma warning restore VSTHRD002, MA0045
        }
    }

    [Benchmark(Description = "POST /signout-authentiq, sessions in memory")]
    public Task InMemory() => LogOutAsync();

    [Benchmark(Description = "POST /signout-authentiq, sessions in Redis")]
    public Task InRedis() => LogOutAsync();

    private static void Add(IServiceCollection services)
    {
        services.AddAuthentication().AddAuthentiq(options =>
        {
            options.ClientId = Site.ClientId;
            options.ClientSecret = Site.ClientSecret;
            options.MetadataMode = AuthentiqMetadataMode.BuiltIn;
        });
        services.AddAuthentiqSessions(options => options.MaxSessions = options.MaxSessionsPerUser = 1_000_000);
    }

    private async Task StartAsync(Action<IServiceCollection> add)
    {
        _site = await Site.StartAsync(add, saveTokens: false);
        _options = _site.Services.GetRequiredService<IOptionsMonitor<AuthentiqOptions>>().Get(AuthentiqDefaults.AuthenticationScheme);
        _store = _site.Services.GetRequiredService<IAuthentiqSessionStore>();
        for (var i = 0; i < Sessions; i++)
        {
            await AddSessionAsync();
        }
    }

    private async Task LogOutAsync()
    {
        if (await _site!.PostAsync(AuthentiqDefaults.RemoteSignOutPath, _forms[_next++]) != 200)
        {
            throw new InvalidOperationException("The logout was refused.");
        }
    }

    private async Task<string> AddSessionAsync()
    {
        var sessionId = $"session-{_names++}";
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await _store!.AddAsync(
            new()
            {
                Key = SessionKeys.Hash("Cookies", SessionKeys.Create()),
                SubjectKey = SessionBinding.KeyOfSubject(Site.Authority, _options!.ClientId!, "person-" + sessionId),
                SessionIdKey = SessionBinding.KeyOfSessionId(Site.Authority, _options!.ClientId!, sessionId),
                IssuedAt = now,
                CreatedAt = now,
                LastSeenAt = now,
                ExpiresAt = now.AddDays(1),
                Ticket = new byte[TicketBytes],
            },
            CancellationToken.None);
        return sessionId;
    }

    private static string LogoutToken(string sessionId) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Site.Authority,
        Audience = Site.ClientId,
        IssuedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(2),
        TokenType = "logout+jwt",
        Claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sid"] = sessionId,
            ["jti"] = sessionId,
            ["events"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["http://schemas.openid.net/event/backchannel-logout"] = new Dictionary<string, object>(StringComparer.Ordinal) },
        },
        SigningCredentials = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Site.ClientSecret)), SecurityAlgorithms.HmacSha256),
    });
}
