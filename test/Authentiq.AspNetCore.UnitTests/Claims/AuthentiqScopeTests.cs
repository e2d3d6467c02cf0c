namespace Authentiq.AspNetCore.UnitTests;

public sealed class AuthentiqScopeTests
{
    [Theory]
    [InlineData("email", "email", false, false)]
    [InlineData("email~r", "email", true, false)]
    [InlineData("email~s", "email", false, true)]
    [InlineData("email~rs", "email", true, true)]
    [InlineData("aq:name~sr", "aq:name", true, true)]
    public void A_scope_knows_its_modifiers(string text, string name, bool required, bool signed) =>
        AuthentiqScope.Parse(text).ShouldBe(new AuthentiqScope(name, required, signed));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("email~x")]
    [InlineData("email~")]
    [InlineData("~r")]
    [InlineData("e\"mail")]
    [InlineData("é")]
    public void What_is_no_scope_is_refused(string text)
    {
        AuthentiqScope.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => AuthentiqScope.Parse(text));
    }

    [Fact]
    public void A_scope_is_written_as_it_is_asked_for() => new AuthentiqScope("email").Required().Signed().ToString().ShouldBe("email~rs");
}
