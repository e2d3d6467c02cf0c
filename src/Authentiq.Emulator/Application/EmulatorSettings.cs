using Microsoft.Extensions.Configuration;

namespace Authentiq.Emulator;

/// <summary>
/// The settings that direct an application to the emulator: all of them, or none. There are none if the application configures another provider or client, or if a later configuration source
/// disables the emulator: the published secret is never used with another authority.
/// </summary>
internal sealed class EmulatorSettings : ConfigurationProvider, IConfigurationSource
{
    public const string Section = "Authentication:Schemes:Authentiq";

    /// <summary>Marks the values of the section as those of the emulator, so that code which replaces only some of them can be detected.</summary>
    public const string Marker = Section + ":IsEmulator";

    // MetadataAddress selects a provider, like Authority.
    private static readonly string[] OwnKeys = ["Authority", "MetadataAddress", "ClientId", "ClientSecret"];

    private readonly IConfiguration _configuration;
    private readonly int _port;

    public EmulatorSettings(IConfiguration configuration, int port)
    {
        _configuration = configuration;
        _port = port;
        Data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            [Section + ":Authority"] = $"http://localhost:{port}/",
            [Section + ":RequireHttpsMetadata"] = "false",
            [Section + ":ClientId"] = EmulatorDefaults.ClientId,
            [Section + ":ClientSecret"] = EmulatorDefaults.ClientSecret,
            [Marker] = "true",
        };
    }

    /// <summary>Whether no later configuration source disables the emulator.</summary>
    public bool AreEnabled => IsEnabled(_configuration, otherwise: true);

    /// <summary>Whether the application uses these settings.</summary>
    public bool AreUsed => AreEnabled && Configured.Count == 0;

    /// <summary>The keys of a provider or client that the application configures.</summary>
    public IReadOnlyList<string> Configured => [.. OwnKeys.Where(IsConfigured)];

    /// <summary>The keys that the application also has to configure to use another provider. Authority is optional: it defaults to the provider.</summary>
    public IReadOnlyList<string> Missing => [.. ((string[])["ClientId", "ClientSecret"]).Except(Configured, StringComparer.Ordinal)];

    /// <summary>Whether the application configures all values itself, with this emulator as its provider.</summary>
    public bool AreConfiguredByApplication => AreEnabled
        && Missing.Count == 0
        && !Configured.Contains("MetadataAddress")
        && Uri.TryCreate(_configuration[Section + ":Authority"], UriKind.Absolute, out var authority)
        && authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback && authority.Port == _port;

    public static bool IsEnabled(IConfiguration configuration, bool otherwise) => configuration.GetValue("Emulator:Enabled", otherwise);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override bool TryGet(string key, out string? value)
    {
        value = null;
        return Data.ContainsKey(key) && AreUsed && base.TryGet(key, out value);
    }

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
        AreUsed ? base.GetChildKeys(earlierKeys, parentPath) : earlierKeys;

    // An empty value counts as configured. If the sources are not accessible, every key counts as configured.
    private bool IsConfigured(string key) =>
        _configuration is not IConfigurationRoot root || root.Providers.Any(provider => provider != this && provider.TryGet($"{Section}:{key}", out _));
}
