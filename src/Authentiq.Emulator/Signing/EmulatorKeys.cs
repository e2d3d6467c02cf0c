using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>The keys the emulator signs with.</summary>
public sealed class EmulatorKeys
{
    private readonly Lock _lock = new();
    private readonly List<KeySet> _retired = [];
    private KeySet _current = new();

    internal EmulatorKeys()
    {
    }

    /// <summary>The public RSA key as PEM, as an attacker would use it for the key of an HMAC.</summary>
    public string RsaPublicKeyPem => Current.Rsa.Rsa.ExportSubjectPublicKeyInfoPem();

    /// <summary>The public elliptic curve key as PEM.</summary>
    public string EcPublicKeyPem => Current.Ec.ECDsa.ExportSubjectPublicKeyInfoPem();

    /// <summary>The key set as it is published.</summary>
    public string JwksJson => JwksDocument.Serialize(Current);

    private KeySet Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>Replaces all keys. The old ones are no longer published; an <c>id_token_hint</c> may still carry them.</summary>
    public void Rotate()
    {
        lock (_lock)
        {
            _retired.Add(_current);
            _current = new();
        }
    }

    /// <summary>The key that signs a token with an algorithm, or null for an unsigned one.</summary>
    internal SecurityKey? SigningKey(string algorithm, string clientSecret) =>
        algorithm.StartsWith("HS", StringComparison.Ordinal) ? KeySet.Symmetric(clientSecret) : Current.Find(algorithm);

    /// <summary>All keys that may have signed a token of ours.</summary>
    internal IReadOnlyList<SecurityKey> ValidationKeys(string algorithm, string clientSecret)
    {
        if (algorithm == SigningAlgorithms.HS256)
        {
            return [KeySet.Symmetric(clientSecret)];
        }

        lock (_lock)
        {
            return [.. _retired.Append(_current).Select(set => set.Find(algorithm)).OfType<SecurityKey>()];
        }
    }

    /// <summary>A key that looks like the published one: same algorithm, same key id, another secret.</summary>
    internal SecurityKey? ForeignKey(string algorithm)
    {
        if (algorithm.StartsWith("HS", StringComparison.Ordinal))
        {
            return KeySet.Symmetric(RandomKey.Create(32));
        }

        var foreign = new KeySet().Find(algorithm);
        if (foreign is not null)
        {
            foreign.KeyId = Current.Find(algorithm)!.KeyId;
        }

        return foreign;
    }
}
