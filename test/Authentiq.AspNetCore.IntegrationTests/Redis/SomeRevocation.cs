namespace Authentiq.AspNetCore.IntegrationTests;

internal static class SomeRevocation
{
    public static AuthentiqRevocation Of(string key, DateTimeOffset now, TimeSpan? lifetime = null)
    {
        var received = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return new()
        {
            Key = key,
            IssuedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
            ReceivedAt = received,
            ExpiresAt = received + (lifetime ?? TimeSpan.FromHours(1)),
            ProcessedTokenId = "token of " + key,
        };
    }
}
