using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Where an application steps into a sign-in or sign-out: assign the delegates, or derive from this class and set <c>Events</c> or <c>EventsType</c>.
/// The checks of the handler run before its events and cannot be replaced. An event that completes the sign-in itself (<c>context.Success()</c>) before userinfo leaves out the steps that come after it
/// and is responsible for them: userinfo, and the promises of scopes such as <c>email~rs</c>. After <c>Success()</c> in <c>OnUserInformationReceived</c> the promises are still checked.
/// </summary>
public class AuthentiqEvents : OpenIdConnectEvents
{
    internal static readonly Func<AuthentiqBackChannelLogoutContext, Task> DoNothing = _ => Task.CompletedTask;

    /// <summary>Called by <see cref="BackChannelLogout"/>. Does nothing by default.</summary>
    public Func<AuthentiqBackChannelLogoutContext, Task> OnBackChannelLogout { get; set; } = DoNothing;

    /// <summary>
    /// The provider has announced that a person signed out (OIDC Back-Channel Logout 1.0), and the logout token has passed its checks. Sessions in a cookie of this application end by themselves;
    /// here it ends what the handler cannot see, such as the cookie of ASP.NET Core Identity, by a new security stamp.
    /// </summary>
    /// <remarks>
    /// It runs for each scheme of the client that the token is for, whichever path received it: once for a logout token, or again when it threw. The exception is logged (608), and the response is 503 with
    /// <c>Retry-After</c> so that the provider repeats the token. There is no user and no session in this request.
    /// </remarks>
    /// <param name="context">Whose sessions end.</param>
    /// <returns>A task that ends when they have ended.</returns>
    [SuppressMessage("Naming", "VSTHRD200", Justification = "Named as the events of the base class are.")]
    public virtual Task BackChannelLogout(AuthentiqBackChannelLogoutContext context) => OnBackChannelLogout(context);

    /// <summary>Whether the application has an event that ends sessions itself.</summary>
    internal static bool HandleLogout(AuthentiqOptions options) => options.EventsType is { } type
        ? typeof(AuthentiqEvents).IsAssignableFrom(type)
        : options.Events is AuthentiqEvents events && (events.OnBackChannelLogout != DoNothing || events.GetType().GetMethod(nameof(BackChannelLogout))!.DeclaringType != typeof(AuthentiqEvents));
}
