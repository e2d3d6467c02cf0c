using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>Signs a token as its draft specifies, valid or not.</summary>
internal static class TokenSigner
{
    public static string Sign(TokenDraft draft, EmulatorKeys keys, string clientSecret)
    {
        var key = draft.SigningKey
            ?? (draft.UseForeignKey ? keys.ForeignKey(draft.Algorithm) : keys.SigningKey(draft.Algorithm, clientSecret));
        var content = Encode(Header(draft, key)) + "." + Encode(draft.Payload);
        var signature = Signature(content, draft.Algorithm, key);
        return content + "." + (draft.EditSignature?.Invoke(signature) ?? signature);
    }

    private static Dictionary<string, object?> Header(TokenDraft draft, SecurityKey? key)
    {
        var header = new Dictionary<string, object?>(StringComparer.Ordinal) { ["alg"] = draft.Algorithm, ["typ"] = "JWT" };
        if (key?.KeyId is { Length: > 0 } id)
        {
            header["kid"] = id;
        }

        foreach (var (name, value) in draft.Header)
        {
            header[name] = value;
        }

        return header.Where(parameter => parameter.Value is not null).ToDictionary(StringComparer.Ordinal);
    }

    private static string Signature(string content, string algorithm, SecurityKey? key)
    {
        if (string.Equals(algorithm, SigningAlgorithms.None, StringComparison.OrdinalIgnoreCase))
        {
            return "";
        }

        if (key is null)
        {
            throw new NotSupportedException($"The emulator has no key for {algorithm}; set TokenDraft.SigningKey.");
        }

        var provider = key.CryptoProviderFactory.CreateForSigning(key, algorithm, cacheProvider: false);
        try
        {
            return Base64UrlEncoder.Encode(provider.Sign(Encoding.ASCII.GetBytes(content)));
        }
        finally
        {
            key.CryptoProviderFactory.ReleaseSignatureProvider(provider);
        }
    }

    private static string Encode<T>(T part) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(part));
}
