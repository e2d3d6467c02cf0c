namespace Authentiq.AspNetCore.UnitTests;

public sealed class AuthentiqRevocationTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly AuthentiqRevocation First = new() { Key = "key", ProcessedTokenId = "first", IssuedAt = Time, ReceivedAt = Time.AddSeconds(2), ExpiresAt = Time.AddDays(1) };

    [Fact]
    public void Where_nothing_is_stored_a_revocation_is_added_as_it_is() => First.MergeWith(existing: null).ShouldBe(First);

    [Fact]
    public void A_token_that_was_processed_changes_nothing_when_it_arrives_again() =>
        (First with { ReceivedAt = Time.AddHours(1), ExpiresAt = Time.AddDays(2) }).MergeWith(First).ShouldBe(First);

    [Fact]
    public void A_token_that_is_older_changes_nothing()
    {
        var late = First with { ProcessedTokenId = "late", IssuedAt = Time.AddSeconds(-1), ReceivedAt = Time.AddHours(1) };

        late.MergeWith(First).ShouldBe(First);
        late.CombineWith(First).ShouldBe(First);
    }

    [Fact]
    public void A_later_token_takes_the_later_of_both_times()
    {
        var later = First with { ProcessedTokenId = "later", IssuedAt = Time.AddSeconds(1), ReceivedAt = Time.AddSeconds(1), ExpiresAt = Time.AddDays(2) };

        later.MergeWith(First).ShouldBe(later with { ReceivedAt = First.ReceivedAt });
    }

    [Fact]
    public void A_token_that_is_still_being_processed_leaves_one_of_the_same_second_processed_and_no_earlier_one()
    {
        var again = First with { ProcessedTokenId = null, ReceivedAt = Time.AddSeconds(3) };

        again.MergeWith(First).ShouldBe(again with { ProcessedTokenId = "first" });
        (again with { IssuedAt = Time.AddSeconds(1) }).MergeWith(First).ProcessedTokenId.ShouldBeNull();
    }

    [Fact]
    public void Two_states_of_one_token_are_combined_by_their_times_whichever_is_the_copy()
    {
        var moved = First with { ReceivedAt = Time.AddSeconds(3) };

        moved.CombineWith(First).ShouldBe(moved);
        First.CombineWith(moved).ShouldBe(moved);
        Should.Throw<ArgumentNullException>(() => First.CombineWith(null!)).ParamName.ShouldBe("other");
    }
}
