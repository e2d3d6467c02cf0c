using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Puts our check in front of the events of every cookie scheme. A cookie that holds no session of ours passes it after one look-up; and wherever the application carries a session of ours,
/// it is checked.
/// </summary>
internal sealed class PostConfigureCookieEvents(RevocationChecker check, CarriedBinding carried, TicketLifetime lifetime, RecentSignOuts recent, FailureResponse failures, ILogger<AuthentiqHandler> logger) : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        options.Events = new CookieEventsAdapter(ApplicationEvents(options), check, carried, lifetime, recent, failures, logger);
        options.EventsType = null;
    }

    /// <summary>Whether the check is still there: an application's own post-configuration may have come after ours.</summary>
    public static bool IsIn(CookieAuthenticationOptions options) => options is { EventsType: null, Events: CookieEventsAdapter };

    private static Func<HttpContext, CookieAuthenticationEvents> ApplicationEvents(CookieAuthenticationOptions options)
    {
        if (options.EventsType is { } type)
        {
            return context => (CookieAuthenticationEvents)context.RequestServices.GetRequiredService(type);
        }

        var events = options.Events;
        return _ => events;
    }
}
