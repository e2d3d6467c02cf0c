using Authentiq.Emulator;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>Starts the emulator beside an application.</summary>
public static class AuthentiqEmulatorExtensions
{
    /// <summary>
    /// Starts the emulator with the application, on <c>http://localhost:5003</c> (<c>Emulator:Port</c>), and lets <c>AddAuthentiq</c> find it: authority and client become settings that any
    /// other source of configuration beats. Only in the Development environment, unless <c>Emulator:Enabled</c> says so.
    /// A port of 0 is any free one.
    /// </summary>
    public static IHostApplicationBuilder AddAuthentiqEmulator(this IHostApplicationBuilder builder, Action<EmulatorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var section = builder.Configuration.GetSection("Emulator");
        if (!section.GetValue("Enabled", builder.Environment.IsDevelopment()))
        {
            return builder;
        }

        var port = EmulatorAddress.FreePortIfZero(section.GetValue("Port", EmulatorDefaults.Port));
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Settings(port) });
        builder.Services.AddSingleton<IHostedService>(provider => new EmulatorService(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<IHostEnvironment>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetService<IServer>(),
            port,
            configure));
        return builder;
    }

    private static Dictionary<string, string?> Settings(int port) => new(StringComparer.OrdinalIgnoreCase)
    {
        [EmulatorService.Section + ":Authority"] = $"http://localhost:{port}/",
        [EmulatorService.Section + ":RequireHttpsMetadata"] = "false",
        [EmulatorService.Section + ":ClientId"] = EmulatorDefaults.ClientId,
        [EmulatorService.Section + ":ClientSecret"] = EmulatorDefaults.ClientSecret,
    };
}
