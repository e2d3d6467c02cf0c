using Microsoft.Extensions.Configuration;

namespace Authentiq.AspNetCore;

/// <summary>What the local emulator has supplied in a scheme's configuration section.</summary>
/// <param name="Authority">Its authority.</param>
/// <param name="ClientId">Its client id.</param>
/// <param name="ClientSecret">The secret of that client, which is published.</param>
internal sealed record EmulatorValues(string? Authority, string? ClientId, string? ClientSecret)
{
    /// <summary>The secret that Authentiq.Emulator publishes. Anyone can sign with it.</summary>
    public const string PublishedSecret = "not-a-secret-for-local-development-only";

    private const string Marker = "IsEmulator";

    /// <returns>The values as configuration has them; <see langword="null"/> when they are not the emulator's.</returns>
    public static EmulatorValues? Read(IConfiguration section) => section[Marker] == "true"
        ? new(section[nameof(Authority)], section[nameof(ClientId)], section[nameof(ClientSecret)])
        : null;

    /// <summary>Which of the three the application's code has replaced.</summary>
    public IReadOnlyList<string> Replaced { get; private set; } = [];

    /// <summary>Takes back what the emulator has supplied when code has replaced some of it: all of its values are used, or none.</summary>
    public void WithdrawIfReplaced(AuthentiqOptions options)
    {
        Replaced = [.. FindReplaced(options)];
        if (Replaced.Count == 0)
        {
            return;
        }

        options.Authority = options.Authority == Authority ? AuthentiqDefaults.Authority : options.Authority;
        options.ClientId = options.ClientId == ClientId ? null : options.ClientId;
        options.ClientSecret = options.ClientSecret == ClientSecret ? null : options.ClientSecret;
    }

    /// <summary>Which of the three code has replaced after it was decided that the emulator's values are used.</summary>
    public IEnumerable<string> FindReplacedLate(AuthentiqOptions options) => Replaced.Count == 0 ? FindReplaced(options) : [];

    private IEnumerable<string> FindReplaced(AuthentiqOptions options)
    {
        // An address of metadata names a provider as an authority does.
        if (options.Authority != Authority || !string.IsNullOrEmpty(options.MetadataAddress) || options.Configuration is not null)
        {
            yield return nameof(Authority);
        }

        if (options.ClientId != ClientId)
        {
            yield return nameof(ClientId);
        }

        if (options.ClientSecret != ClientSecret)
        {
            yield return nameof(ClientSecret);
        }
    }
}
