using System.Globalization;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>A revocation as it is stored in a cache: a line of text that does not identify a user.</summary>
internal static class CachedRevocation
{
    public static string KeyOf(string key) => "authentiq:revocation:" + key;

    public static string KeyOfToken(string tokenId) => "authentiq:logout-token:" + tokenId;

    public static string KeyOfConsumed(string key) => "authentiq:consumed:" + key;

    public static byte[] Write(AuthentiqRevocation revocation) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{revocation.IssuedAt.UtcTicks} {revocation.ReceivedAt.UtcTicks} {revocation.ExpiresAt.UtcTicks} {revocation.ProcessedTokenId}"));

    /// <summary>The revocation, or <see langword="null"/> when there is none. A value in another format is none, too: another application uses the key.</summary>
    public static AuthentiqRevocation? Read(string key, byte[]? value)
    {
        if (value is null || Encoding.UTF8.GetString(value).Split(' ') is not [var issued, var received, var expires, var tokenId]
            || !Time(issued, out var issuedAt) || !Time(received, out var receivedAt) || !Time(expires, out var expiresAt))
        {
            return null;
        }

        return new() { Key = key, IssuedAt = issuedAt, ReceivedAt = receivedAt, ExpiresAt = expiresAt, ProcessedTokenId = tokenId.Length > 0 ? tokenId : null };
    }

    private static bool Time(string text, out DateTimeOffset time)
    {
        var isTime = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks;
        time = isTime ? new(ticks, TimeSpan.Zero) : default;
        return isTime;
    }
}
