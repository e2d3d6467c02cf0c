using Authentiq.Emulator;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
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
        if (!EmulatorSettings.IsEnabled(builder.Configuration, otherwise: builder.Environment.IsDevelopment()))
        {
            return builder;
        }

        var port = EmulatorAddress.FreePortIfZero(builder.Configuration.GetValue("Emulator:Port", EmulatorDefaults.Port));
        builder.Configuration.Sources.Insert(0, new EmulatorSettings(builder.Configuration, port));
        builder.Services.AddSingleton<IHostedService>(provider => new EmulatorService(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<IHostEnvironment>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetService<IServer>(),
            port,
            configure));
        return builder;
    }
}
