using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>A session of a request that began with Authentiq.</summary>
/// <param name="CookieScheme">The cookie scheme that keeps it.</param>
/// <param name="User">The claim that identifies its user; <see langword="null"/> when the ticket has none.</param>
/// <param name="Properties">The properties of its ticket.</param>
/// <param name="Facts">What it knows of its sign-in.</param>
/// <param name="Earlier">The session that the request knew before; <see langword="null"/> for the first one.</param>
internal sealed record RequestSession(string CookieScheme, Claim? User, AuthenticationProperties Properties, SessionBinding Facts, RequestSession? Earlier = null);
