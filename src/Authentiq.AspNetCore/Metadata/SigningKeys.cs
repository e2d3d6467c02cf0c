using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Finds the provider's public keys for a signature.</summary>
internal static class SigningKeys
{
    public static async Task<IReadOnlyList<SecurityKey>> FindAsync(IConfigurationManager<OpenIdConnectConfiguration> metadata, string? keyId, bool mayWait, CancellationToken cancellationToken)
    {
        var keys = metadata is MetadataManager manager
            ? await manager.GetSigningKeysAsync(keyId, mayWait, cancellationToken)
            : Asymmetric((await metadata.GetConfigurationAsync(cancellationToken)).SigningKeys);

        return Matching(keys, keyId);
    }

    /// <summary>Fetches the public keys again if the rate limit allows it; otherwise returns the known keys.</summary>
    public static async Task<IReadOnlyList<SecurityKey>> SearchAsync(IConfigurationManager<OpenIdConnectConfiguration> metadata, bool mayWait, CancellationToken cancellationToken) =>
        metadata is MetadataManager manager
            ? await manager.SearchSigningKeysAsync(mayWait, cancellationToken)
            : Asymmetric((await metadata.GetConfigurationAsync(cancellationToken)).SigningKeys);

    /// <summary>Removes symmetric keys. A key set is public, so that anyone could sign with a symmetric key in it.</summary>
    public static IReadOnlyList<SecurityKey> Asymmetric(IEnumerable<SecurityKey> keys) =>
        [.. keys.Where(key => key is not SymmetricSecurityKey and not JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.Octet })];

    /// <summary>Returns the key with the id of a token, or all keys when the token has no key id.</summary>
    public static IReadOnlyList<SecurityKey> Matching(IReadOnlyList<SecurityKey> keys, string? keyId) =>
        string.IsNullOrEmpty(keyId) ? keys : [.. keys.Where(key => string.Equals(key.KeyId, keyId, StringComparison.Ordinal))];
}
