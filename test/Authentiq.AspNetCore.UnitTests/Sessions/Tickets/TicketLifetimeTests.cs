using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class TicketLifetimeTests
{
    private readonly FakeTimeProvider _clock = new();

    // A ticket of the future would count as young for longer than its revocation is stored.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 0)]
    [InlineData(-1, -1)]
    public void A_ticket_was_issued_now_or_before(int issued, int expected)
    {
        using var services = new ServiceCollection().AddLogging().AddAuthentication().AddCookie().Services.BuildServiceProvider();
        var lifetime = new TicketLifetime(services, services.GetRequiredService<IAuthenticationSchemeProvider>(), _clock, NullLogger<AuthentiqHandler>.Instance);
        var properties = new AuthenticationProperties { IssuedUtc = _clock.GetUtcNow().AddDays(issued) };
        var context = new CookieSigningInContext(
            new DefaultHttpContext(), new AuthenticationScheme("Cookies", null, typeof(CookieAuthenticationHandler)), new CookieAuthenticationOptions(), new(), properties, new());

        lifetime.Cap(context);

        properties.IssuedUtc.ShouldBe(_clock.GetUtcNow().AddDays(expected));
    }
}
