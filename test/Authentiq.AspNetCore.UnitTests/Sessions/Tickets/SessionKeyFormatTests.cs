using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class SessionKeyFormatTests
{
    private readonly SessionKeyFormat _format = new("Cookies");

    [Fact]
    public void The_cookie_holds_the_key_and_nothing_else()
    {
        var key = SessionKeys.Create();

        var ticket = _format.Unprotect(key)!;

        ticket.Principal.Claims.ShouldHaveSingleItem().Value.ShouldBe(key);
        ticket.Principal.Identity!.IsAuthenticated.ShouldBeFalse("a key names no user");
        _format.Protect(ticket).ShouldBe(key);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+A")]
    [InlineData(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\u0410AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_has_not_the_form_of_a_key_is_no_session(string? cookie) => _format.Unprotect(cookie).ShouldBeNull();

    [Fact]
    public void A_ticket_of_a_user_is_never_written_into_the_cookie() =>
        Should.Throw<InvalidOperationException>(() => _format.Protect(new AuthenticationTicket(new ClaimsPrincipal(), "Cookies")));
}
