using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class SessionFactsTests
{
    private static readonly DateTimeOffset Issued = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
    private static readonly DateTimeOffset Began = Issued.AddMilliseconds(250);

    [Theory]
    [InlineData("a-session")]
    [InlineData(null)]
    public void What_is_kept_is_found_again(string? session)
    {
        var facts = new SessionFacts("a-person", session, Issued, Began);
        var properties = new AuthenticationProperties();

        facts.Keep(properties);

        SessionFacts.Of(properties).ShouldBe(facts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("1 2 3 4 5")]
    [InlineData("x 2 person session")]
    [InlineData("1 x person session")]
    public void What_is_not_ours_is_no_session(string text) =>
        SessionFacts.Of(new AuthenticationProperties(new Dictionary<string, string?>(StringComparer.Ordinal) { [".authentiq.session"] = text })).ShouldBeNull();

    [Theory]
    [InlineData(0, 1, true)] // issued in the second of the logout, begun before it arrived
    [InlineData(1, 1, true)] // issued before
    [InlineData(-1, 1, false)] // issued after the logout
    [InlineData(0, 0, false)] // begun when it arrived
    [InlineData(1, -1, false)] // begun after it arrived
    [InlineData(-1, -1, false)]
    public void A_logout_ends_what_was_issued_no_later_and_began_before_it_arrived(int logoutSecondsLater, int receivedMillisecondsLater, bool ends) =>
        new SessionFacts("a", null, Issued, Began).IsEndedBy(new AuthentiqRevocation
        {
            Key = "a",
            TokenId = "t",
            IssuedAt = Issued.AddSeconds(logoutSecondsLater),
            ReceivedAt = Began.AddMilliseconds(receivedMillisecondsLater),
            ExpiresAt = Issued.AddDays(1),
        }).ShouldBe(ends);

    [Fact]
    public void Keys_tell_clients_kinds_and_values_apart_and_hold_none_of_them()
    {
        var one = new AuthentiqOptions { ClientId = "one" };
        var other = new AuthentiqOptions { ClientId = "other" };

        string[] keys =
        [
            SessionFacts.KeyOfSubject(one, "value"), SessionFacts.KeyOfSessionId(one, "value"), SessionFacts.KeyOfToken(one, "value"),
            SessionFacts.KeyOfSubject(other, "value"), SessionFacts.KeyOfSubject(one, "Value"),
        ];

        keys.ShouldBeUnique();
        keys.ShouldAllBe(key => key.Length == 22 && !key.Contains("value", StringComparison.OrdinalIgnoreCase));
    }
}
