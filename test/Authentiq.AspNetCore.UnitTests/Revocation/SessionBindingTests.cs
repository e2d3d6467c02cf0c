using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class SessionBindingTests
{
    private static readonly DateTimeOffset Issued = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
    private static readonly DateTimeOffset Began = Issued.AddMilliseconds(250);

    [Fact]
    public void What_is_kept_is_found_again()
    {
        var facts = new SessionBinding("a-person", "a-session", Issued, Began);
        var properties = new AuthenticationProperties();

        facts.WriteTo(properties);

        SessionBinding.ReadFrom(properties).ShouldBe(facts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("1 2 3 4 5")]
    [InlineData("x 2 person session")]
    [InlineData("1 x person session")]
    public void What_is_not_ours_is_no_session(string text) =>
        SessionBinding.ReadFrom(new AuthenticationProperties(new Dictionary<string, string?>(StringComparer.Ordinal) { [".authentiq.session"] = text })).ShouldBeNull();

    [Theory]
    [InlineData(0, 1, true)] // issued in the second of the logout, begun before it arrived
    [InlineData(1, 1, true)] // issued before
    [InlineData(-1, 1, false)] // issued after the logout
    [InlineData(0, 0, false)] // begun when it arrived
    [InlineData(1, -1, false)] // begun after it arrived
    [InlineData(-1, -1, false)]
    public void A_logout_ends_what_was_issued_no_later_and_began_before_it_arrived(int logoutSecondsLater, int receivedMillisecondsLater, bool ends) =>
        new SessionBinding("a", "s", Issued, Began).IsEndedBy(new AuthentiqRevocation
        {
            Key = "a",
            ProcessedTokenId = "t",
            IssuedAt = Issued.AddSeconds(logoutSecondsLater),
            ReceivedAt = Began.AddMilliseconds(receivedMillisecondsLater),
            ExpiresAt = Issued.AddDays(1),
        }).ShouldBe(ends);

    [Fact]
    public void Keys_tell_issuers_clients_kinds_and_values_apart_and_hold_none_of_them()
    {
        const string Issuer = "https://one.example/";
        string[] keys =
        [
            SessionBinding.KeyOfSubject(Issuer, "one", "value"), SessionBinding.KeyOfSessionId(Issuer, "one", "value"), SessionBinding.KeyOfToken(Issuer, "one", "value"),
            SessionBinding.KeyWithoutSessionId(Issuer, "one", "value"),
            SessionBinding.KeyOfSubject(Issuer, "other", "value"), SessionBinding.KeyOfSubject(Issuer, "one", "Value"), SessionBinding.KeyOfSubject("https://other.example/", "one", "value"),
            SessionBinding.KeyOfSubject("https://one.example", "one", "value"),
        ];

        keys.ShouldBeUnique();
        keys.ShouldAllBe(key => key.Length == 22 && !key.Contains("value", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void No_part_of_a_key_can_be_moved_into_the_next_by_what_it_holds() => new[]
    {
        SessionBinding.KeyOfSubject("i", "c", "x\ny"), SessionBinding.KeyOfSubject("i", "c\nx", "y"), SessionBinding.KeyOfSubject("i\nc", "x", "y"), SessionBinding.KeyOfSubject("i", "cx", "\ny"),
        SessionBinding.KeyOfSubject("i1:c", "x", "y"), SessionBinding.KeyOfSubject("i", "c1:x", "y"), SessionBinding.KeyOfSubject("i", "c", "1:xy"),
    }.ShouldBeUnique();

    [Fact]
    public void Without_an_ID_token_a_logout_by_a_clock_that_is_behind_ends_the_session_and_an_earlier_logout_does_not()
    {
        var options = new AuthentiqOptions { ClientId = "client" };
        var beganAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var user = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new("sub", "user")]));
        var facts = SessionStart.Of(user, "https://provider.example/", options, beganAt).ShouldNotBeNull();

        facts.BeganAt.ShouldBe(beganAt);
        facts.IsEndedBy(Logout(beganAt.AddSeconds(2))).ShouldBeTrue();
        facts.IsEndedBy(Logout(beganAt.AddMilliseconds(-1))).ShouldBeFalse();

        AuthentiqRevocation Logout(DateTimeOffset receivedAt) => new()
        {
            Key = facts.SubjectKey,
            ProcessedTokenId = "token",
            IssuedAt = receivedAt.AddSeconds(-30),
            ReceivedAt = receivedAt,
            ExpiresAt = receivedAt.AddDays(1),
        };
    }
}
