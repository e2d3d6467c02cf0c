using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>The three names of a session: the key that only the browser has, its hash that the store knows, and an id that a page may show. None leads back to the one before.</summary>
internal static class SessionKeys
{
    private const int KeyBytes = 32;
    private const int KeyLength = 43;
    private const int IdBytes = 16;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>Whether a text has the form of a key.</summary>
    public static bool IsKey([NotNullWhen(true)] string? text) => text is { Length: KeyLength } && Base64Url.IsValid(text, out var length) && length == KeyBytes;

    /// <summary>What a store knows of a key. By scheme: a session of one cookie is not found with the key in another.</summary>
    public static string Hash(string scheme, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"session\n{scheme}\n{key}"), hash);
        return Base64Url.EncodeToString(hash);
    }

    /// <summary>The id of a session on a page. It selects one of the user's own sessions, and is not a key of the store.</summary>
    public static string Id(AuthentiqSession session) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"id\n{session.Key}")).AsSpan(0, IdBytes));
}
