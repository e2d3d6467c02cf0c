using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>A logout that the provider announces: see <see cref="AuthentiqEvents.BackChannelLogout"/>. Services are in <c>HttpContext.RequestServices</c>.</summary>
public sealed class AuthentiqBackChannelLogoutContext : BaseContext<AuthentiqOptions>
{
    internal AuthentiqBackChannelLogoutContext(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, LogoutToken token) : base(context, scheme, options)
    {
        SubjectId = token.SubjectId;
        SessionId = token.SessionId;
        IssuedAt = token.IssuedAt;
    }

    /// <summary>
    /// Who signed out: the <c>sub</c> that their ID tokens carry, and the key of their external login in ASP.NET Core Identity. <see langword="null"/> when the provider named a session only.
    /// </summary>
    public string? SubjectId { get; }

    /// <summary>The session at the provider (<c>sid</c>) that has ended, or <see langword="null"/> when all sessions of the person have.</summary>
    public string? SessionId { get; }

    /// <summary>When the provider issued the logout token, by its own clock, in whole seconds. Sessions that began with a later ID token go on.</summary>
    public DateTimeOffset IssuedAt { get; }
}
