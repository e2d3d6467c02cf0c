namespace Authentiq.Emulator.Tests.State;

public sealed class ScopeParserTests
{
    [Theory]
    [InlineData("openid profile email~rs aq:push", "openid profile email~rs aq:push")]
    [InlineData("email~sr", "email~rs")]
    [InlineData("  email   phone~s ", "email phone~s")]
    [InlineData("email~r email~s", "email~rs")]
    [InlineData("email email", "email")]
    [InlineData("", "")]
    public void Scopes_are_parsed(string scope, string expected) => string.Join(' ', ScopeParser.Parse(scope)!).ShouldBe(expected);

    [Theory]
    [InlineData("email~")]
    [InlineData("email~x")]
    [InlineData("email~rr")]
    [InlineData("email~r~s")]
    [InlineData("~r")]
    public void Other_modifiers_are_rejected(string scope) => ScopeParser.Parse(scope).ShouldBeNull();

    [Fact]
    public void Too_many_scopes_are_rejected()
    {
        ScopeParser.Parse(Words(ScopeParser.MaxScopes)).ShouldNotBeNull().Count.ShouldBe(ScopeParser.MaxScopes);
        ScopeParser.Parse(Words(ScopeParser.MaxScopes + 1)).ShouldBeNull();
    }

    [Fact]
    public void A_long_scope_allocates_no_more_than_a_short_invalid_one() =>
        AllocatedByParsing(Words(40_000)).ShouldBe(AllocatedByParsing(Words(20_000)), "parsing stops at the first scope too many");

    [Fact]
    public void A_scope_that_is_repeated_is_stored_once() =>
        ScopeParser.Parse(string.Join(' ', Enumerable.Repeat("email", 20_000))).ShouldNotBeNull().ShouldHaveSingleItem().Name.ShouldBe("email");

    private static string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"s{i}"));

    private static long AllocatedByParsing(string scope)
    {
        ScopeParser.Parse(scope);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ScopeParser.Parse(scope);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
