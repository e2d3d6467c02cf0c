using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>A token just before it is signed. Everything can still be changed.</summary>
public sealed class TokenDraft
{
    internal TokenDraft(string algorithm, IDictionary<string, object> payload)
    {
        Algorithm = algorithm;
        Payload = payload;
    }

    /// <summary>
    /// The algorithm of signature and header: any of <see cref="SigningAlgorithms"/>, or another that fits
    /// <see cref="SigningKey"/>. A different <c>alg</c> in <see cref="Header"/> wins there, and only there.
    /// </summary>
    public string Algorithm { get; set; }

    /// <summary>Header parameters, over the usual <c>alg</c>, <c>kid</c> and <c>typ</c>. A null value leaves one out.</summary>
    public IDictionary<string, object?> Header { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>The claims.</summary>
    public IDictionary<string, object> Payload { get; }

    /// <summary>The key to sign with. Default: the emulator's own for <see cref="Algorithm"/>.</summary>
    public SecurityKey? SigningKey { get; set; }

    /// <summary>Whether to sign with a key nobody knows, under the id of the real one.</summary>
    public bool UseForeignKey { get; set; }

    /// <summary>Changes the finished, base64url-encoded signature.</summary>
    public Func<string, string>? EditSignature { get; set; }
}
