namespace Authentiq.AspNetCore;

/// <summary>Values of the local emulator beside others. Its client secret is published, so that it is good for a provider on this machine only.</summary>
internal static class EmulatorErrors
{
    public static IEnumerable<string> Find(AuthentiqOptions options)
    {
        if (options.ClientSecret == EmulatorValues.PublishedSecret && FindRemote(options) is { } remote)
        {
            yield return $"ClientSecret is the one that Authentiq.Emulator publishes, and the provider is '{remote}': anyone could sign tokens with it. Set ClientSecret to the client's own secret, or Authority to an emulator on this machine.";
        }

        if (options.EmulatorValues is { Replaced: [_, ..] replaced } && (string.IsNullOrEmpty(options.ClientId) || string.IsNullOrEmpty(options.ClientSecret)))
        {
            yield return $"The values of the emulator are not used, because code sets {string.Join(" and ", replaced)}: set the missing values too, or none of Authority, ClientId and ClientSecret to use the emulator.";
        }
    }

    private static string? FindRemote(AuthentiqOptions options) => ((string?[])[options.Authority, options.MetadataAddress, options.Configuration?.Issuer])
        .FirstOrDefault(address => !string.IsNullOrEmpty(address) && !SecureTransport.IsLoopback(address));
}
