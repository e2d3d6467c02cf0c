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
    public void Scopes_are_read(string scope, string expected) => string.Join(' ', ScopeParser.Parse(scope)!).ShouldBe(expected);

    [Theory]
    [InlineData("email~")]
    [InlineData("email~x")]
    [InlineData("email~rr")]
    [InlineData("email~r~s")]
    [InlineData("~r")]
    public void Other_modifiers_are_refused(string scope) => ScopeParser.Parse(scope).ShouldBeNull();
}
