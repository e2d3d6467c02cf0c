using System.Collections.Frozen;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// The one rule for every token of the provider: HMAC sees only the client secret, RSA and elliptic curves only the provider's public keys, and nothing else is a signature.
/// A public key can so never be tried as an HMAC key, whatever a token's header says.
/// </summary>
internal sealed class AlgorithmRule
{
    public const string Unsigned = "none";

    /// <summary>The key length that HS256 needs (RFC 7518 §3.2).</summary>
    public const int Hs256KeyBits = 256;

    /// <summary>What is accepted unless <see cref="AuthentiqOptions.IdTokenSignedResponseAlg"/> says less.</summary>
    public static readonly IReadOnlyList<string> Open =
        [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private readonly FrozenSet<string> _accepted;

    public AlgorithmRule(string? pinned, string? clientSecret, bool allowShortSecrets)
    {
        var names = Names(pinned);
        var signed = names.Where(name => name != Unsigned).ToList();

        AcceptsUnsignedIdTokens = names.Contains(Unsigned);

        // 'none' alone still leaves the tokens that must be signed: front-channel ID tokens, logout tokens, userinfo.
        _accepted = (signed.Count > 0 ? signed : Open).ToFrozenSet(StringComparer.Ordinal);

        if (clientSecret is { Length: > 0 } && (allowShortSecrets || !IsTooShort(clientSecret)))
        {
            SecretKey = CreateSecretKey(clientSecret);
        }
    }

    /// <summary>Whether an ID token that we fetched ourselves may come without a signature.</summary>
    public bool AcceptsUnsignedIdTokens { get; }

    /// <summary>The HS256 key; none when the secret is missing or too short.</summary>
    public SymmetricSecurityKey? SecretKey { get; }

    public bool Accepts(string algorithm) => _accepted.Contains(algorithm);

    public static bool IsHmac(string algorithm) => algorithm.StartsWith("HS", StringComparison.Ordinal);

    public static IReadOnlyList<string> Names(string? pinned) => pinned.SplitAtSpaces();

    public static int SecretBits(string secret) => Encoding.UTF8.GetByteCount(secret) * 8;

    public static bool IsTooShort(string secret) => SecretBits(secret) < Hs256KeyBits;

    // HMAC pads a short key with zeros itself (RFC 2104 §2), so padding it here changes no signature; IdentityModel wants the length.
    private static SymmetricSecurityKey CreateSecretKey(string secret)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        if (key.Length < Hs256KeyBits / 8)
        {
            Array.Resize(ref key, Hs256KeyBits / 8);
        }

        // A key without an id can make IdentityModel fail on a token that names one.
        return new SymmetricSecurityKey(key) { KeyId = "client_secret" };
    }
}
