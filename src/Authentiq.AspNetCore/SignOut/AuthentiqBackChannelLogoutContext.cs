using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>Context of <see cref="AuthentiqEvents.BackChannelLogout"/>. Resolve services from <c>HttpContext.RequestServices</c>.</summary>
public sealed class AuthentiqBackChannelLogoutContext : BaseContext<AuthentiqOptions>
{
    internal AuthentiqBackChannelLogoutContext(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, LogoutToken token) : base(context, scheme, options)
    {
        SubjectId = token.SubjectId;
        SessionId = token.SessionId;
        IssuedAt = token.IssuedAt;
    }

    /// <summary>
    /// The user who signed out: the <c>sub</c> of the ID tokens, which is also the key of the external login in ASP.NET Core Identity. <see langword="null"/> when the logout token contains only a session.
    /// </summary>
    public string? SubjectId { get; }

    /// <summary>The session at the provider (<c>sid</c>) that has ended; <see langword="null"/> when all sessions of the user have ended.</summary>
    public string? SessionId { get; }

    /// <summary>When the provider issued the logout token, by its clock, in whole seconds. Sessions that were created with a later ID token are not affected.</summary>
    public DateTimeOffset IssuedAt { get; }
}
