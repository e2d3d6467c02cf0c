using System.Net;
using System.Net.Sockets;
using Authentiq.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>The sample application and a provider, each on its own port.</summary>
public class SampleSite : WebApplicationFactory<Program>, IAsyncLifetime
{
    private AuthentiqEmulator? _provider;

    /// <summary>The base address of the application, without a trailing slash.</summary>
    public string Address { get; } = $"http://localhost:{FreePort()}";

    public AuthentiqEmulator Provider => _provider!;

    /// <summary>Whether server-side sessions are enabled.</summary>
    public bool HasServerSideSessions { get; init; } = true;

    public async ValueTask InitializeAsync()
    {
        _provider = await AuthentiqEmulator.StartAsync();
        UseKestrel();
        StartServer();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseSetting("Logging:Console:LogLevel:Default", "Warning")
        .UseSetting(WebHostDefaults.ServerUrlsKey, Address)
        .UseSetting("Emulator:Enabled", "false")
        .UseSetting("Sessions:ServerSide", HasServerSideSessions ? "true" : "false")
        .UseSetting("Authentication:Schemes:Authentiq:Authority", _provider?.Issuer.ToString())
        .UseSetting("Authentication:Schemes:Authentiq:RequireHttpsMetadata", "false")
        .UseSetting("Authentication:Schemes:Authentiq:ClientId", EmulatorDefaults.ClientId)
        .UseSetting("Authentication:Schemes:Authentiq:ClientSecret", EmulatorDefaults.ClientSecret);

    // Kestrel supports port 0 for 127.0.0.1, but not for localhost.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
