using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Binds the options of the revocation store. A container without a configuration, as in a test of the application, binds nothing.</summary>
internal sealed class ConfigureRevocationOptions(IConfiguration? configuration = null) : IConfigureOptions<AuthentiqRevocationOptions>
{
    public void Configure(AuthentiqRevocationOptions options)
    {
        if (configuration is null)
        {
            return;
        }

        var section = ConfigurationSection.OfApplication(configuration, "Revocation");
        section.CheckKeys(
            nameof(options.WhenStoreFails), nameof(options.TrustFor), nameof(options.CacheCheckInterval), nameof(options.CacheTimeout), nameof(options.ClockTolerance));
        options.WhenStoreFails = section.Choice<AuthentiqStoreFailureMode>(nameof(options.WhenStoreFails)) ?? options.WhenStoreFails;
        options.TrustFor = section.Duration(nameof(options.TrustFor)) ?? options.TrustFor;
        options.CacheCheckInterval = section.Duration(nameof(options.CacheCheckInterval)) ?? options.CacheCheckInterval;
        options.CacheTimeout = section.Duration(nameof(options.CacheTimeout)) ?? options.CacheTimeout;
        options.ClockTolerance = section.Duration(nameof(options.ClockTolerance)) ?? options.ClockTolerance;
        options.ConfigurationErrors.AddRange(section.Errors);
    }
}
