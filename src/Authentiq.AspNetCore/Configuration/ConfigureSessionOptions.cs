using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Binds the options of server-side sessions. A container without a configuration, as in a test of the application, binds nothing.</summary>
internal sealed class ConfigureSessionOptions(IConfiguration? configuration = null) : IConfigureOptions<AuthentiqSessionOptions>
{
    public void Configure(AuthentiqSessionOptions options)
    {
        if (configuration is null)
        {
            return;
        }

        var section = ConfigurationSection.OfApplication(configuration, "Sessions");
        section.CheckKeys(
            nameof(options.AbsoluteLifetime), nameof(options.MaxSessions), nameof(options.MaxSessionsPerUser), nameof(options.KeepDevice), nameof(options.KeepAddress));
        options.AbsoluteLifetime = section.IsNull(nameof(options.AbsoluteLifetime)) ? null : section.Duration(nameof(options.AbsoluteLifetime)) ?? options.AbsoluteLifetime;
        options.MaxSessions = section.Number(nameof(options.MaxSessions)) ?? options.MaxSessions;
        options.MaxSessionsPerUser = section.Number(nameof(options.MaxSessionsPerUser)) ?? options.MaxSessionsPerUser;
        options.KeepDevice = section.Flag(nameof(options.KeepDevice)) ?? options.KeepDevice;
        options.KeepAddress = section.Flag(nameof(options.KeepAddress)) ?? options.KeepAddress;
        options.ConfigurationErrors.AddRange(section.Errors);
    }
}
