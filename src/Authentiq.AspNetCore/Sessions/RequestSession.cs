using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>A session of a request that began with Authentiq.</summary>
/// <param name="CookieScheme">The cookie scheme that keeps it.</param>
/// <param name="Ticket">Its ticket.</param>
/// <param name="Facts">What it knows of its sign-in.</param>
/// <param name="NeedsLink">Whether it is in another cookie than the one that is being signed in, and the application ends no sessions on a logout itself.</param>
internal sealed record RequestSession(string CookieScheme, AuthenticationTicket Ticket, SessionFacts Facts, bool NeedsLink);
