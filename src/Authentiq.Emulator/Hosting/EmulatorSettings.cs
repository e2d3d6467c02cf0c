using Microsoft.Extensions.Configuration;

namespace Authentiq.Emulator;

/// <summary>
/// The settings that lead an application to the emulator. They vanish when something that is configured later switches it off:
/// nothing may be left then of an authority that is not there.
/// </summary>
internal sealed class EmulatorSettings : ConfigurationProvider, IConfigurationSource
{
    public const string Section = "Authentication:Schemes:Authentiq";

    private readonly IConfiguration _configuration;

    public EmulatorSettings(IConfiguration configuration, int port)
    {
        _configuration = configuration;
        Data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            [Section + ":Authority"] = $"http://localhost:{port}/",
            [Section + ":RequireHttpsMetadata"] = "false",
            [Section + ":ClientId"] = EmulatorDefaults.ClientId,
            [Section + ":ClientSecret"] = EmulatorDefaults.ClientSecret,
        };
    }

    public static bool IsEnabled(IConfiguration configuration, bool otherwise) => configuration.GetValue("Emulator:Enabled", otherwise);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override bool TryGet(string key, out string? value)
    {
        value = null;
        return Data.ContainsKey(key) && IsOn() && base.TryGet(key, out value);
    }

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
        IsOn() ? base.GetChildKeys(earlierKeys, parentPath) : earlierKeys;

    // It was on when this was added, so only an explicit word counts.
    private bool IsOn() => IsEnabled(_configuration, otherwise: true);
}
