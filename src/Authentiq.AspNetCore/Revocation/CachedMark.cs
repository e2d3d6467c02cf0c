using System.Globalization;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>The mark of a key that was used, as a cache stores it: the time at which the mark expires by the clock of the application, which may differ from the clock of the cache.</summary>
internal static class CachedMark
{
    public static byte[] Write(DateTimeOffset expiresAt) => Encoding.UTF8.GetBytes(expiresAt.UtcTicks.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether a key is used. A value that cannot be read counts as a mark: another version may have written it.</summary>
    public static bool IsUsed(byte[]? value, DateTimeOffset now) =>
        value is not null && (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var expiresAt) || expiresAt > now.UtcTicks);
}
