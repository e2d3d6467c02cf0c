using Authentiq.Emulator;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>Hosts the emulator in an application.</summary>
public static class AuthentiqEmulatorExtensions
{
    /// <summary>
    /// Starts the emulator with the application, on <c>http://localhost:5003</c> (<c>Emulator:Port</c>), and supplies <c>Authority</c>, <c>ClientId</c>, <c>ClientSecret</c> and
    /// <c>RequireHttpsMetadata</c> of the section <c>Authentication:Schemes:Authentiq</c>: all of them, or none if the application configures another provider or client.
    /// Only in the Development environment, unless <c>Emulator:Enabled</c> is true. Port 0 is any free port.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="configure">Configures the options of the emulator.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <remarks>If the application configures only some of the values, the emulator does not start and does not supply the others. A warning with the reason is logged, and the validation of the options reports the missing values.</remarks>
    public static IHostApplicationBuilder AddAuthentiqEmulator(this IHostApplicationBuilder builder, Action<EmulatorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!EmulatorSettings.IsEnabled(builder.Configuration, otherwise: builder.Environment.IsDevelopment()))
        {
            return builder;
        }

        var port = EmulatorAddress.FreePortIfZero(builder.Configuration.GetValue("Emulator:Port", EmulatorDefaults.Port));
        var settings = new EmulatorSettings(builder.Configuration, port);
        builder.Configuration.Sources.Insert(0, settings);
        builder.Services.AddSingleton<IHostedService>(provider => EmulatorService.Create(
            settings,
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<IHostEnvironment>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetService<IServer>(),
            port,
            configure));
        return builder;
    }
}
