using System.Collections.Frozen;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// The accepted algorithms and their keys, for all tokens of the provider: HMAC is validated only with the client secret, RSA and elliptic curves only with the provider's public keys. Other algorithms are
/// refused. A public key is never used as an HMAC key, whatever the header of a token contains.
/// </summary>
internal sealed class AlgorithmRule
{
    public const string Unsigned = "none";

    /// <summary>The minimum key length of HS256 in bits (RFC 7518 §3.2).</summary>
    public const int Hs256KeyBits = 256;

    /// <summary>The algorithms that are accepted when <see cref="AuthentiqOptions.IdTokenSignedResponseAlg"/> is not set.</summary>
    public static readonly IReadOnlyList<string> Open =
        [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private readonly FrozenSet<string> _accepted;

    public AlgorithmRule(string? pinned, string? clientSecret, bool allowShortSecrets)
    {
        var names = Names(pinned);
        var signed = names.Where(name => name != Unsigned).ToList();

        AcceptsUnsignedIdTokens = names.Contains(Unsigned);

        // With 'none' alone, the default algorithms apply to the tokens that must be signed: front-channel ID tokens, logout tokens, userinfo.
        _accepted = (signed.Count > 0 ? signed : Open).ToFrozenSet(StringComparer.Ordinal);

        if (clientSecret is { Length: > 0 } && (allowShortSecrets || !IsTooShort(clientSecret)))
        {
            SecretKey = CreateSecretKey(clientSecret);
        }
    }

    /// <summary>Whether an ID token from the token endpoint may be unsigned.</summary>
    public bool AcceptsUnsignedIdTokens { get; }

    /// <summary>The HS256 key; <see langword="null"/> when the secret is missing or too short.</summary>
    public SymmetricSecurityKey? SecretKey { get; }

    public bool Accepts(string algorithm) => _accepted.Contains(algorithm);

    public static bool IsHmac(string algorithm) => algorithm.StartsWith("HS", StringComparison.Ordinal);

    public static IReadOnlyList<string> Names(string? pinned) => pinned.SplitAtSpaces();

    public static int SecretBits(string secret) => Encoding.UTF8.GetByteCount(secret) * 8;

    public static bool IsTooShort(string secret) => SecretBits(secret) < Hs256KeyBits;

    // HMAC pads a short key with zeros (RFC 2104 §2), so the padding does not change the signature. IdentityModel requires the minimum length.
    private static SymmetricSecurityKey CreateSecretKey(string secret)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        if (key.Length < Hs256KeyBits / 8)
        {
            Array.Resize(ref key, Hs256KeyBits / 8);
        }

        // Without a key id, IdentityModel can fail on a token that has one.
        return new SymmetricSecurityKey(key) { KeyId = "client_secret" };
    }
}
