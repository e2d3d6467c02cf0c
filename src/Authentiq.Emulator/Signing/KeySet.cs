using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>One generation of keys. Each key is created on first use, as the creation of an RSA key is slow.</summary>
internal sealed class KeySet
{
    private const int SmallestHmacKey = 32;

    private readonly string _generation = RandomKey.Create(6);
    private readonly Lazy<RsaSecurityKey> _rsa;
    private readonly Lazy<RsaSecurityKey> _pss;
    private readonly Lazy<ECDsaSecurityKey> _ec;

    public KeySet()
    {
        _rsa = new(() => new(RSA.Create(2048)) { KeyId = "rsa-" + _generation });
        _pss = new(() => new(_rsa.Value.Rsa) { KeyId = "pss-" + _generation });
        _ec = new(() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "ec-" + _generation });
    }

    public RsaSecurityKey Rsa => _rsa.Value;

    /// <summary>The RSA key under a second key id: a published key has one algorithm.</summary>
    public RsaSecurityKey Pss => _pss.Value;

    public ECDsaSecurityKey Ec => _ec.Value;

    public SecurityKey? Find(string algorithm) => algorithm switch
    {
        "PS256" or "PS384" or "PS512" => Pss,
        "ES256" => Ec,
        "RS256" or "RS384" or "RS512" => Rsa,
        _ => null,
    };

    /// <summary>
    /// The key of an HMAC. A short key is padded with zeros to the minimum length of the library. HMAC pads it the same way, so
    /// the signature does not change.
    /// </summary>
    public static SymmetricSecurityKey Symmetric(string secret)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        if (key.Length < SmallestHmacKey)
        {
            Array.Resize(ref key, SmallestHmacKey);
        }

        return new(key);
    }
}
