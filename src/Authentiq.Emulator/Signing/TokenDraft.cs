using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>A token before it is signed. All parts can be changed.</summary>
public sealed class TokenDraft
{
    internal TokenDraft(string algorithm, IDictionary<string, object> payload)
    {
        Algorithm = algorithm;
        Payload = payload;
    }

    /// <summary>
    /// The algorithm of signature and header: any of <see cref="SigningAlgorithms"/>, or another that matches
    /// <see cref="SigningKey"/>. An <c>alg</c> in <see cref="Header"/> changes the header only.
    /// </summary>
    public string Algorithm { get; set; }

    /// <summary>Header parameters, which replace the default <c>alg</c>, <c>kid</c> and <c>typ</c>. A null value removes a parameter.</summary>
    public IDictionary<string, object?> Header { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>The claims.</summary>
    public IDictionary<string, object> Payload { get; }

    /// <summary>The signing key. Default: the key of the emulator for <see cref="Algorithm"/>.</summary>
    public SecurityKey? SigningKey { get; set; }

    /// <summary>Whether to sign with an unpublished key, under the key id of the published one. Default: false.</summary>
    public bool UseForeignKey { get; set; }

    /// <summary>Edits the base64url-encoded signature.</summary>
    public Func<string, string>? EditSignature { get; set; }
}
