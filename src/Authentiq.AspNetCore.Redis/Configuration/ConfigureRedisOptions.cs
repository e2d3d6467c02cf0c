using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Binds the options of Redis that can be text. A container without a configuration, as in a test of the application, binds nothing.</summary>
internal sealed class ConfigureRedisOptions(IConfiguration? configuration = null) : IConfigureOptions<AuthentiqRedisOptions>
{
    public void Configure(AuthentiqRedisOptions options)
    {
        if (configuration is null)
        {
            return;
        }

        var section = ConfigurationSection.OfApplication(configuration, "Redis");
        section.CheckKeys(nameof(options.Configuration), nameof(options.KeyPrefix), nameof(options.CallTimeout), nameof(options.PollInterval));
        options.Configuration = section.Text(nameof(options.Configuration)) ?? options.Configuration;
        options.KeyPrefix = section.Text(nameof(options.KeyPrefix)) ?? options.KeyPrefix;
        options.CallTimeout = section.Duration(nameof(options.CallTimeout)) ?? options.CallTimeout;
        options.PollInterval = section.Duration(nameof(options.PollInterval)) ?? options.PollInterval;
        options.ConfigurationErrors.AddRange(section.Errors);
    }
}
