using Microsoft.Extensions.Configuration;

namespace Authentiq.Emulator;

/// <summary>
/// The settings that lead an application to the emulator: all of them, or none. They are absent when the application has configured a provider or a client of its own, and when something that
/// is configured later switches the emulator off: the published secret must never meet another authority.
/// </summary>
internal sealed class EmulatorSettings : ConfigurationProvider, IConfigurationSource
{
    public const string Section = "Authentication:Schemes:Authentiq";

    /// <summary>Says that the values of the section are the emulator's, so that code which replaces only some of them can be found.</summary>
    public const string Marker = Section + ":IsEmulator";

    // An address of metadata names a provider as an authority does.
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

    /// <summary>Whether nothing that was configured since has switched the emulator off.</summary>
    public bool AreEnabled => IsEnabled(_configuration, otherwise: true);

    /// <summary>Whether the application is configured by these settings.</summary>
    public bool AreUsed => AreEnabled && Configured.Count == 0;

    /// <summary>What the application has configured itself, of the keys that name a provider or a client.</summary>
    public IReadOnlyList<string> Configured => [.. OwnKeys.Where(IsConfigured)];

    /// <summary>What the application would have to configure as well, to do without the emulator. An authority is not needed: the provider's is the default.</summary>
    public IReadOnlyList<string> Missing => [.. ((string[])["ClientId", "ClientSecret"]).Except(Configured, StringComparer.Ordinal)];

    /// <summary>Whether the application has configured all by itself, with this emulator as its provider.</summary>
    public bool AreRepeated => AreEnabled
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

    // An empty value counts: what an application has written down, it has configured. Where the sources cannot be seen, they may hold anything.
    private bool IsConfigured(string key) =>
        _configuration is not IConfigurationRoot root || root.Providers.Any(provider => provider != this && provider.TryGet($"{Section}:{key}", out _));
}
