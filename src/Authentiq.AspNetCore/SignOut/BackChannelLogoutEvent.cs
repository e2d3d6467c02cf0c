using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore;

/// <summary>Invokes <see cref="AuthentiqEvents.BackChannelLogout"/> of <c>Events</c> or <c>EventsType</c>.</summary>
internal static class BackChannelLogoutEvent
{
    /// <exception cref="ApplicationEventException">The event threw an exception.</exception>
    public static async Task RunAsync(AuthentiqBackChannelLogoutContext context)
    {
        try
        {
            var events = context.Options.EventsType is { } type ? context.HttpContext.RequestServices.GetRequiredService(type) : context.Options.Events;
            await ((AuthentiqEvents)events).BackChannelLogout(context);
        }
        catch (Exception exception)
        {
            throw new ApplicationEventException(nameof(AuthentiqEvents.BackChannelLogout), exception);
        }
    }
}
