using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>The provider's public keys that may have made a signature.</summary>
internal static class SigningKeys
{
    public static async Task<IReadOnlyList<SecurityKey>> FindAsync(IConfigurationManager<OpenIdConnectConfiguration> metadata, string? keyId, bool mayWait, CancellationToken cancellationToken)
    {
        var keys = metadata is MetadataManager manager
            ? await manager.GetSigningKeysAsync(keyId, mayWait, cancellationToken)
            : Asymmetric((await metadata.GetConfigurationAsync(cancellationToken)).SigningKeys);

        return Matching(keys, keyId);
    }

    /// <summary>The public keys as the provider publishes them now, where another search is possible.</summary>
    public static async Task<IReadOnlyList<SecurityKey>> SearchAsync(IConfigurationManager<OpenIdConnectConfiguration> metadata, bool mayWait, CancellationToken cancellationToken) =>
        metadata is MetadataManager manager
            ? await manager.SearchSigningKeysAsync(mayWait, cancellationToken)
            : Asymmetric((await metadata.GetConfigurationAsync(cancellationToken)).SigningKeys);

    /// <summary>A key set could publish a symmetric key; nobody may verify with one that everybody knows.</summary>
    public static IReadOnlyList<SecurityKey> Asymmetric(IEnumerable<SecurityKey> keys) =>
        [.. keys.Where(key => key is not SymmetricSecurityKey and not JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.Octet })];

    /// <summary>The key that a token names, or all of them when it names none.</summary>
    public static IReadOnlyList<SecurityKey> Matching(IReadOnlyList<SecurityKey> keys, string? keyId) =>
        string.IsNullOrEmpty(keyId) ? keys : [.. keys.Where(key => string.Equals(key.KeyId, keyId, StringComparison.Ordinal))];
}
