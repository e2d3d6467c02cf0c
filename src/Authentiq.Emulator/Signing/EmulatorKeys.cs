using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>The signing keys of the emulator.</summary>
public sealed class EmulatorKeys
{
    private readonly Lock _lock = new();
    private readonly List<KeySet> _retired = [];
    private KeySet _current = new();

    internal EmulatorKeys()
    {
    }

    /// <summary>The public RSA key as PEM, for tests that use it as the key of an HMAC.</summary>
    public string RsaPublicKeyPem => Current.Rsa.Rsa.ExportSubjectPublicKeyInfoPem();

    /// <summary>The public elliptic curve key as PEM.</summary>
    public string EcPublicKeyPem => Current.Ec.ECDsa.ExportSubjectPublicKeyInfoPem();

    /// <summary>The published key set, as JSON.</summary>
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

    /// <summary>Replaces all keys. The previous keys are no longer published, but still validate an <c>id_token_hint</c>.</summary>
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

    /// <summary>All keys that may have signed a token of this emulator.</summary>
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

    /// <summary>A key with the algorithm and key id of the published key, and another private key.</summary>
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
