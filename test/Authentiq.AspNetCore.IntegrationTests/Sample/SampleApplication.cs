using System.Globalization;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The sample application on a port, where the server validates header values, with a provider that approves immediately.</summary>
public sealed class SampleApplication : WebApplicationFactory<Program>, IAsyncLifetime
{
    private AuthentiqEmulator? _provider;

    public string Address { get; } = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Find()}");

    public AuthentiqEmulator Provider => _provider!;

    public async ValueTask InitializeAsync()
    {
        _provider = await AuthentiqEmulator.StartAsync(options => options.ApproveAs = Personas.Alice);
        UseKestrel();
        StartServer();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseEnvironment("Production")
        .UseSetting("Logging:Console:LogLevel:Default", "None")
        .UseSetting(WebHostDefaults.ServerUrlsKey, Address)
        .UseSetting("Sessions:ServerSide", "true")
        .UseSetting("Authentication:Schemes:Authentiq:Authority", _provider?.Issuer.ToString())
        .UseSetting("Authentication:Schemes:Authentiq:ClientId", EmulatorDefaults.ClientId)
        .UseSetting("Authentication:Schemes:Authentiq:ClientSecret", EmulatorDefaults.ClientSecret);
}
