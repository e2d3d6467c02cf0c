using System.Globalization;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>A revocation as it lies in a cache: a line of text, without anything that says whose it is.</summary>
internal static class CachedRevocation
{
    public static string KeyOf(string key) => "authentiq:revocation:" + key;

    public static string KeyOfToken(string tokenId) => "authentiq:logout-token:" + tokenId;

    public static byte[] Write(AuthentiqRevocation revocation) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{revocation.IssuedAt.ToUnixTimeSeconds()} {revocation.ReceivedAt.ToUnixTimeMilliseconds()} {revocation.ExpiresAt.ToUnixTimeMilliseconds()} {revocation.TokenId}"));

    /// <summary>The revocation, or <see langword="null"/> when there is none. What is not ours is none, too: somebody else uses the key.</summary>
    public static AuthentiqRevocation? Read(string key, byte[]? value)
    {
        if (value is null || Encoding.UTF8.GetString(value).Split(' ') is not [var issued, var received, var expires, var tokenId]
            || !Number(issued, out var issuedAt) || !Number(received, out var receivedAt) || !Number(expires, out var expiresAt))
        {
            return null;
        }

        return new()
        {
            Key = key,
            IssuedAt = DateTimeOffset.FromUnixTimeSeconds(issuedAt),
            ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(receivedAt),
            ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(expiresAt),
            TokenId = tokenId,
        };
    }

    private static bool Number(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
