using System.Net;
using System.Net.Sockets;
using Authentiq.Emulator;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>The sample application and a provider, each on a port of its own.</summary>
public sealed class SampleSite : IAsyncLifetime
{
    private AuthentiqEmulator? _provider;
    private WebApplicationFactory<Program>? _application;

    /// <summary>The address of the application, without a slash at the end.</summary>
    public string Address { get; } = $"http://localhost:{FreePort()}";

    public async ValueTask InitializeAsync()
    {
        _provider = await AuthentiqEmulator.StartAsync();
        _application = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder
            .UseSetting("Emulator:Enabled", "false")
            .UseSetting("Authentication:Schemes:Authentiq:Authority", _provider.Issuer.ToString())
            .UseSetting("Authentication:Schemes:Authentiq:RequireHttpsMetadata", "false")
            .UseSetting("Authentication:Schemes:Authentiq:ClientId", EmulatorDefaults.ClientId)
            .UseSetting("Authentication:Schemes:Authentiq:ClientSecret", EmulatorDefaults.ClientSecret));
        _application.UseKestrel(options => options.ListenLocalhost(new Uri(Address).Port));
        _application.StartServer();
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }

    // The factory takes a number, not "any free one".
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
