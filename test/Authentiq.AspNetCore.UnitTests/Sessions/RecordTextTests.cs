namespace Authentiq.AspNetCore.UnitTests;

/// <summary>Applications log what they have in hand: no text of a record may tell whose it is, or lead to a session.</summary>
public sealed class RecordTextTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void The_text_of_a_session_has_its_times_and_neither_keys_nor_device_nor_address() => new AuthentiqSession
    {
        Key = "secret-key",
        SubjectKey = "secret-subject",
        SessionIdKey = "secret-session",
        IssuedAt = Time,
        CreatedAt = Time,
        LastSeenAt = Time.AddHours(1),
        ExpiresAt = Time.AddDays(1),
        Revision = 7,
        Device = "secret-device",
        Address = "secret-address",
        Ticket = "secret-ticket"u8.ToArray(),
    }.ToString().ShouldBe("AuthentiqSession { CreatedAt = 2026-01-02T03:04:05.0000000+00:00, LastSeenAt = 2026-01-02T04:04:05.0000000+00:00, ExpiresAt = 2026-01-03T03:04:05.0000000+00:00, Revision = 7 }");

    [Fact]
    public void The_text_of_what_a_user_sees_of_a_session_has_its_times_and_neither_id_nor_device_nor_address() => new AuthentiqSessionInfo
    {
        Id = "secret-id",
        IsCurrent = true,
        CreatedAt = Time,
        LastSeenAt = Time.AddHours(1),
        ExpiresAt = Time.AddDays(1),
        Device = "secret-device",
        Address = "secret-address",
    }.ToString().ShouldBe("AuthentiqSessionInfo { IsCurrent = True, CreatedAt = 2026-01-02T03:04:05.0000000+00:00, LastSeenAt = 2026-01-02T04:04:05.0000000+00:00, ExpiresAt = 2026-01-03T03:04:05.0000000+00:00 }");

    [Fact]
    public void The_text_of_a_revocation_has_its_times_and_neither_key_nor_token() => new AuthentiqRevocation
    {
        Key = "secret-key",
        ProcessedTokenId = "secret-token",
        IssuedAt = Time,
        ReceivedAt = Time.AddSeconds(1),
        ExpiresAt = Time.AddDays(1),
    }.ToString().ShouldBe("AuthentiqRevocation { IssuedAt = 2026-01-02T03:04:05.0000000+00:00, ReceivedAt = 2026-01-02T03:04:06.0000000+00:00, ExpiresAt = 2026-01-03T03:04:05.0000000+00:00, IsProcessed = True }");
}
