using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Authentiq.Emulator;

/// <summary>Runs the emulator during the lifetime of the application. It starts before the application listens.</summary>
internal sealed partial class EmulatorService(EmulatorSettings settings, IConfiguration configuration, IHostEnvironment environment, ILoggerFactory loggers, IServer? server, int port, Action<EmulatorOptions>? configure) : IHostedLifecycleService
{
    private readonly ILogger _logger = loggers.CreateLogger("Authentiq.Emulator");

    private EmulatorClient? _client;

    /// <summary>The emulator, while it runs.</summary>
    internal AuthentiqEmulator? Emulator { get; private set; }

    /// <summary>Creates the service, and logs why the emulator is not used. The host validates options before it starts services, and missing values end the start, so the reason is logged first.</summary>
    public static EmulatorService Create(EmulatorSettings settings, IConfiguration configuration, IHostEnvironment environment, ILoggerFactory loggers, IServer? server, int port, Action<EmulatorOptions>? configure)
    {
        var service = new EmulatorService(settings, configuration, environment, loggers, server, port, configure);
        service.LogWhyNotUsed();
        return service;
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // A later configuration source may have disabled the emulator.
        if (!settings.AreUsed && !settings.AreConfiguredByApplication)
        {
            return;
        }

        Emulator = await AuthentiqEmulator.StartAsync(
            options =>
            {
                options.Port = port;
                configure?.Invoke(options);
            },
            "Emulator:Port",
            loggers,
            cancellationToken);
        _client = Emulator.Clients.Register(ConfigureClient);

        if (environment.IsDevelopment())
        {
            Started(_logger, Emulator.Issuer);
        }
        else
        {
            StartedOutsideDevelopment(_logger, Emulator.Issuer, environment.EnvironmentName);
        }
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (Emulator is not null)
        {
            await Emulator.DisposeAsync();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The application listens now, so its address is known.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (_client is not null && ApplicationAddress.Find(server) is { } address)
        {
            _client.BackChannelLogoutUri = address + (configuration[EmulatorSettings.Section + ":RemoteSignOutPath"] ?? EmulatorDefaults.RemoteSignOutPath);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void LogWhyNotUsed()
    {
        if (!settings.AreEnabled || settings.AreUsed || settings.AreConfiguredByApplication)
        {
            return;
        }

        var configured = string.Join(", ", settings.Configured.Select(key => $"{EmulatorSettings.Section}:{key}"));
        if (settings.Missing is [_, ..] missing)
        {
            NotUsedIncomplete(_logger, configured, string.Join(", ", missing));
        }
        else
        {
            NotUsed(_logger, configured);
        }
    }

    // The client is registered with the settings of the application, so that a change of a setting applies to both.
    private void ConfigureClient(EmulatorClient client)
    {
        var section = configuration.GetSection(EmulatorSettings.Section);
        client.ClientId = section["ClientId"] ?? EmulatorDefaults.ClientId;
        client.ClientSecret = section["ClientSecret"] ?? EmulatorDefaults.ClientSecret;
        client.Name = environment.ApplicationName;
        client.TestMode = true;
        client.TokenEndpointAuthMethod = section["TokenEndpointAuthMethod"] ?? TokenEndpointAuthMethods.ClientSecretBasic;
        client.IdTokenSignedResponseAlg = section["IdTokenSignedResponseAlg"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? (client.IsPublic ? SigningAlgorithms.RS256 : SigningAlgorithms.HS256);
    }

    [LoggerMessage(1, LogLevel.Information, "The Authentiq emulator listens on {Issuer}.")]
    private static partial void Started(ILogger logger, Uri issuer);

    [LoggerMessage(2, LogLevel.Warning, "The Authentiq emulator listens on {Issuer} in the environment '{Environment}'. It signs in any user without authentication. Set Emulator:Enabled to false unless this is a test.")]
    private static partial void StartedOutsideDevelopment(ILogger logger, Uri issuer, string environment);

    [LoggerMessage(3, LogLevel.Information, "The Authentiq emulator is not used: the application has configured {Configured}.")]
    private static partial void NotUsed(ILogger logger, string configured);

    [LoggerMessage(4, LogLevel.Warning, "The Authentiq emulator is not used: the application has configured {Configured}, and the emulator supplies either all values or none. Configure {Missing} too, or remove the configured values to use the emulator.")]
    private static partial void NotUsedIncomplete(ILogger logger, string configured, string missing);
}
