using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Where an application steps into a sign-in or sign-out: assign the delegates, or derive from this class and set <c>Events</c> or <c>EventsType</c>.
/// The checks of the handler run whatever the application does here, and cannot be replaced.
/// </summary>
public class AuthentiqEvents : OpenIdConnectEvents
{
}
