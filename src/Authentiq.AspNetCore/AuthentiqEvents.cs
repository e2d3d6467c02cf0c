using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Events of a sign-in and sign-out. Assign the delegates, or derive from this class and set <c>Events</c> or <c>EventsType</c>.
/// The validation of the handler runs before the events and cannot be replaced. An event that calls <c>context.Success()</c> before userinfo skips the steps that follow, and is responsible for them:
/// userinfo, and the validation of required and signed scopes such as <c>email~rs</c>. After <c>Success()</c> in <c>OnUserInformationReceived</c>, these scopes are still validated.
/// </summary>
public class AuthentiqEvents : OpenIdConnectEvents
{
    internal static readonly Func<AuthentiqBackChannelLogoutContext, Task> DoNothing = _ => Task.CompletedTask;

    /// <summary>Invoked by <see cref="BackChannelLogout"/>. Does nothing by default.</summary>
    public Func<AuthentiqBackChannelLogoutContext, Task> OnBackChannelLogout { get; set; } = DoNothing;

    /// <summary>
    /// Invoked when the provider has sent a valid logout token (OIDC Back-Channel Logout 1.0). Sessions in a cookie of this application have been revoked by then. Use the event to end sessions that the
    /// handler does not manage, such as the cookie of ASP.NET Core Identity, by updating the security stamp.
    /// </summary>
    /// <remarks>
    /// It is invoked for each scheme of the client that the token is for, whichever path received the token. Normally it is invoked once for each logout token. It can be invoked again for the same token, so
    /// make it idempotent: the provider retries when the event of this scheme or of another scheme of the client throws, or when the completed logout cannot be stored, and an event that runs for more than
    /// 30 seconds can overlap with a retry on another node. An exception is logged (event 608), and the response is 503 with <c>Retry-After</c>. The request has no authenticated user and no session.
    /// </remarks>
    /// <param name="context">The logout: the user, or the session at the provider.</param>
    /// <returns>A task that completes when the sessions have ended.</returns>
    [SuppressMessage("Naming", "VSTHRD200", Justification = "Follows the names of the events of the base class.")]
    public virtual Task BackChannelLogout(AuthentiqBackChannelLogoutContext context) => OnBackChannelLogout(context);

    /// <summary>Whether the application handles <see cref="BackChannelLogout"/>.</summary>
    internal static bool HandleLogout(AuthentiqOptions options) => options.EventsType is { } type
        ? typeof(AuthentiqEvents).IsAssignableFrom(type)
        : options.Events is AuthentiqEvents events && (events.OnBackChannelLogout != DoNothing || events.GetType().GetMethod(nameof(BackChannelLogout))!.DeclaringType != typeof(AuthentiqEvents));
}
