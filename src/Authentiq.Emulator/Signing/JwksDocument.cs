using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>The public keys of a key set as JSON (RFC 7517).</summary>
internal static class JwksDocument
{
    public static string Serialize(KeySet keys) => JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["keys"] = new[]
        {
            Rsa(keys.Rsa, SigningAlgorithms.RS256),
            Rsa(keys.Pss, SigningAlgorithms.PS256),
            Ec(keys.Ec),
        },
    });

    private static Dictionary<string, string> Rsa(RsaSecurityKey key, string algorithm)
    {
        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        return Key("RSA", algorithm, key.KeyId, ("n", parameters.Modulus), ("e", parameters.Exponent));
    }

    private static Dictionary<string, string> Ec(ECDsaSecurityKey key)
    {
        var parameters = key.ECDsa.ExportParameters(includePrivateParameters: false);
        var jwk = Key("EC", SigningAlgorithms.ES256, key.KeyId, ("x", parameters.Q.X), ("y", parameters.Q.Y));
        jwk["crv"] = "P-256";
        return jwk;
    }

    private static Dictionary<string, string> Key(string type, string algorithm, string id, params (string Name, byte[]? Value)[] numbers)
    {
        var jwk = new Dictionary<string, string>(StringComparer.Ordinal) { ["kty"] = type, ["use"] = "sig", ["alg"] = algorithm, ["kid"] = id };
        foreach (var (name, value) in numbers)
        {
            jwk[name] = Base64UrlEncoder.Encode(value);
        }

        return jwk;
    }
}
