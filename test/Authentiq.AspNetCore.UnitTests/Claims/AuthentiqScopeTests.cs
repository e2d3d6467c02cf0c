namespace Authentiq.AspNetCore.UnitTests;

public sealed class AuthentiqScopeTests
{
    [Theory]
    [InlineData("email", "email", false, false)]
    [InlineData("email~r", "email", true, false)]
    [InlineData("email~s", "email", false, true)]
    [InlineData("email~rs", "email", true, true)]
    [InlineData("aq:name~sr", "aq:name", true, true)]
    public void A_scope_is_parsed_with_its_modifiers(string text, string name, bool required, bool signed) =>
        AuthentiqScope.Parse(text).ShouldBe(new AuthentiqScope(name, required, signed));

    [Fact]
    public void A_text_is_taken_for_a_scope_where_one_is_expected() =>
        new AuthentiqChallengeProperties { AdditionalScopes = ["phone~r", "email", AuthentiqScopes.Address] }.AdditionalScopes
            .ShouldBe([new AuthentiqScope("phone", IsRequired: true), new AuthentiqScope("email"), new AuthentiqScope(AuthentiqScopes.Address)]);

    [Fact]
    public void A_string_that_is_not_a_scope_is_not_converted()
    {
        Should.Throw<FormatException>(() => (AuthentiqScope)"phone~x").Message.ShouldBe("'phone~x' is not a scope. Use one name without spaces, optionally followed by '~r' (required), '~s' (signed) or '~rs'.");
        Should.Throw<FormatException>(() => (AuthentiqScope)"phone email");
        Should.Throw<ArgumentNullException>(() => (AuthentiqScope)(string)null!).ParamName.ShouldBe("value");
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("email~x")]
    [InlineData("email~")]
    [InlineData("~r")]
    [InlineData("e\"mail")]
    [InlineData("é")]
    public void A_value_that_is_not_a_scope_is_refused(string text)
    {
        AuthentiqScope.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => AuthentiqScope.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("email~r")]
    [InlineData("e\"mail")]
    [InlineData("e\\mail")]
    [InlineData("email\n")]
    [InlineData("\u00e9")]
    public void A_name_that_a_scope_cannot_have_is_refused_however_it_is_set(string name)
    {
        Should.Throw<ArgumentException>(() => new AuthentiqScope(name)).ParamName.ShouldBe("name");
        Should.Throw<ArgumentException>(() => new AuthentiqScope("email") with { Name = name }).ParamName.ShouldBe("name");
    }

    [Fact]
    public void A_scope_without_a_name_is_refused() => Should.Throw<ArgumentNullException>(() => new AuthentiqScope(null!)).ParamName.ShouldBe("name");

    [Fact]
    public void A_modifier_that_is_no_modifier_is_no_part_of_the_name() => AuthentiqScope.TryParse("email~x~r", out _).ShouldBeFalse();

    [Fact]
    public void A_scope_is_written_as_in_a_request() => new AuthentiqScope("email").Required().Signed().ToString().ShouldBe("email~rs");
}
