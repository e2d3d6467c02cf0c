using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>The three names of a session: the key that only the browser has, its hash that the store knows, and an id that a page may show. None leads back to the one before.</summary>
internal static class SessionKeys
{
    private const int KeyBytes = 32;
    private const int IdBytes = 16;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>What a store knows of a key. By scheme: a session of one cookie is not found with the key in another.</summary>
    public static string Hash(string scheme, string key) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"session\n{scheme}\n{key}")));

    /// <summary>What a page may call a session: it finds one among somebody's own, and nothing in a store.</summary>
    public static string Id(AuthentiqSession session) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"id\n{session.Key}")).AsSpan(0, IdBytes));
}
