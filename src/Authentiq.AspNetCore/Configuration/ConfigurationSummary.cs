namespace Authentiq.AspNetCore;

/// <summary>The effective configuration of a scheme, for the log. It contains no secret.</summary>
internal static class ConfigurationSummary
{
    /// <summary>Returns one line with the settings that decide how the scheme signs in and where it stores sessions and revocations.</summary>
    public static string Describe(AuthentiqOptions options, StorageDescription storage) => string.Join("; ", Settings(options, storage).Select(setting => $"{setting.Name}: {LogText.Clean(setting.Value)}"));

    private static IEnumerable<(string Name, string? Value)> Settings(AuthentiqOptions options, StorageDescription storage) =>
    [
        (nameof(options.Authority), options.Authority ?? options.Configuration?.Issuer ?? "none"),
        (nameof(options.ClientId), options.ClientId),
        (nameof(options.ResponseType), options.ResponseType),
        (nameof(options.ResponseMode), options.ResponseMode ?? "default"),
        ("signature algorithms", string.Join(' ', AlgorithmRule.Names(options.IdTokenSignedResponseAlg) is { Count: > 0 } pinned ? pinned : AlgorithmRule.Open)),
        (nameof(options.TokenEndpointAuthMethod), options.TokenEndpointAuthMethod),
        (nameof(options.MetadataMode), options.ConfigurationManager is MetadataManager ? $"{options.MetadataMode}" : "set by the application"),
        (nameof(options.Scope), string.Join(' ', options.Scope)),
        (nameof(options.CallbackPath), options.CallbackPath),
        (nameof(options.SignedOutCallbackPath), options.SignedOutCallbackPath),
        (nameof(options.RemoteSignOutPath), options.RemoteSignOutPath),
        (nameof(options.ErrorPath), options.ErrorPath.HasValue ? options.ErrorPath : "none"),
        (nameof(options.CheckSessionPath), options.CheckSessionPath.HasValue ? options.CheckSessionPath : "none"),
        (nameof(options.SignInScheme), options.SignInScheme),
        (nameof(options.SaveTokens), $"{options.SaveTokens}"),
        ("sessions", storage.SessionStore),
        ("revocations", storage.RevocationStore),
    ];
}
