using System.Globalization;

namespace Authentiq.AspNetCore.IntegrationTests;

internal static class SomeSession
{
    public static AuthentiqSession Of(int number, DateTimeOffset now, TimeSpan? lifetime = null) => new()
    {
        Key = Name("key", number),
        SubjectKey = Name("person", number),
        SessionIdKey = Name("session", number),
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
        LastSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()) + (lifetime ?? TimeSpan.FromHours(1)),
        Device = "Firefox on Linux",
        Ticket = [1, 2, 3],
    };

    public static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");
}
