using Authentiq.Emulator;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Two nodes of the sample application behind nginx, one Redis, and the provider: five servers on loopback, as in a deployment.</summary>
public abstract class Farm(bool sessionsOnServer) : IAsyncLifetime
{
    private const string ClientId = "the-farm";
    private const string ClientSecret = "a-client-secret-of-32-characters";

    private readonly SocketsHttpHandler _network = new() { AllowAutoRedirect = false, UseCookies = false };
    private readonly LoadBalancer _balancer = new();
    private AuthentiqEmulator? _provider;
    private RedisServer? _redis;
    private SampleNode? _a;
    private SampleNode? _b;

    internal string Address => _balancer.Address;

    internal SampleNode A => _a!;

    internal SampleNode B => _b!;

    internal RedisServer Redis => _redis!;

    internal AuthentiqEmulator Provider => _provider!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await AuthentiqEmulator.StartAsync(options => options.ApproveAs = Personas.Alice, Ct);
        _redis = await RedisServer.StartAsync(keepsData: true, Ct);
        var settings = Settings();
        (_a, _b) = (new SampleNode(settings), new SampleNode(settings));
        _provider.Clients.Register(Register);

        // Both start concurrently, as after a deployment: no Data Protection key exists yet.
        await Task.WhenAll(_a.StartAsync(Ct), _b.StartAsync(Ct));
        await _balancer.StartAsync([_a.Port, _b.Port], Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _balancer.DisposeAsync();
        foreach (var part in (IAsyncDisposable?[])[_a, _b, _redis, _provider])
        {
            await (part?.DisposeAsync() ?? default);
        }

        _network.Dispose();
        GC.SuppressFinalize(this);
    }

    internal Browser OpenBrowser() => new(_network);

    private Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Authentication__Schemes__Authentiq__Authority"] = Provider.Issuer.AbsoluteUri,
        ["Authentication__Schemes__Authentiq__ClientId"] = ClientId,
        ["Authentication__Schemes__Authentiq__ClientSecret"] = ClientSecret,
        ["ConnectionStrings__Redis"] = Redis.Configuration,
        ["Sessions__ServerSide"] = sessionsOnServer ? "true" : "false",
    };

    private void Register(EmulatorClient client)
    {
        client.ClientId = ClientId;
        client.ClientSecret = ClientSecret;
        client.IdTokenSignedResponseAlg = SigningAlgorithms.HS256;

        // The provider has one address, behind which either node can process the request.
        client.BackChannelLogoutUri = Address + AuthentiqDefaults.RemoteSignOutPath;
        foreach (var address in (string[])[Address, A.Address, B.Address])
        {
            client.RedirectUris.Add(address + AuthentiqDefaults.CallbackPath);
        }
    }
}
