using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class CookieEventsAdapterTests
{
    [Fact]
    public void Every_event_of_the_framework_reaches_the_application()
    {
        var asked = 0;
        using var services = new ServiceCollection().AddAuthentication().AddAuthentiq().AddCookie().Services
            .AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()).BuildServiceProvider();
        var events = new CookieEventsAdapter(
            _ =>
            {
                asked++;
                return new CookieAuthenticationEvents();
            },
            services.GetRequiredService<RevocationChecker>(), services.GetRequiredService<CarriedBinding>(), services.GetRequiredService<TicketLifetime>(), services.GetRequiredService<RecentSignOuts>(), services.GetRequiredService<FailureResponse>(), Microsoft.Extensions.Logging.Abstractions.NullLogger<AuthentiqHandler>.Instance);

        // A delegate that the base class sets itself does not come from us.
        var delegates = typeof(CookieAuthenticationEvents).GetProperties().Where(property => property.Name.StartsWith("On", StringComparison.Ordinal)).ToList();
        delegates.Count.ShouldBe(9);
        delegates.Where(property => ((Delegate)property.GetValue(events)!).Method.DeclaringType?.Assembly != typeof(CookieEventsAdapter).Assembly).ShouldBeEmpty();
        asked.ShouldBe(0);
    }

    [Fact]
    public void Every_cookie_scheme_is_checked()
    {
        using var services = new ServiceCollection().AddAuthentication().AddAuthentiq().AddCookie("mine", options => options.EventsType = typeof(CookieAuthenticationEvents)).Services
            .AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()).BuildServiceProvider();

        var cookies = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>();

        PostConfigureCookieEvents.IsIn(cookies.Get("mine")).ShouldBeTrue();
        PostConfigureCookieEvents.IsIn(cookies.Get("Cookies")).ShouldBeTrue();
        PostConfigureCookieEvents.IsIn(new CookieAuthenticationOptions()).ShouldBeFalse();
    }
}
