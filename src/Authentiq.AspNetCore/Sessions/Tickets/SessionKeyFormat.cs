using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// What the cookie of a server-side session holds: the key and nothing else. It is 256 bits of chance and only the browser has it, so that encryption would protect nothing. It costs more than the whole rest of
/// a request.
/// </summary>
internal sealed class SessionKeyFormat(string scheme) : ISecureDataFormat<AuthenticationTicket>
{
    /// <summary>The framework's name for the only claim in the cookie of a server-side session.</summary>
    public const string KeyClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    /// <summary>The key of the server-side session that the ticket of a cookie refers to.</summary>
    public static string? KeyOf(AuthenticationTicket ticket) => ticket.Principal.FindFirst(KeyClaim)?.Value;

    public string Protect(AuthenticationTicket data) => KeyOf(data) ?? throw new InvalidOperationException($"The cookie scheme '{scheme}' keeps sessions on the server, and this ticket is of none.");

    public string Protect(AuthenticationTicket data, string? purpose) => Protect(data);

    /// <summary>A ticket that names the session, as the cookie handler makes one; <see langword="null"/> for anything that is not a key.</summary>
    public AuthenticationTicket? Unprotect(string? protectedText) => SessionKeys.IsKey(protectedText)
        ? new(new ClaimsPrincipal(new CaseSensitiveClaimsIdentity([new Claim(KeyClaim, protectedText)])), scheme)
        : null;

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);
}
