using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;

namespace Authentiq.AspNetCore;

/// <summary>
/// A hybrid flow brings two ID tokens, and the base handler takes its claims from the one that came through the browser, which may hold fewer (OpenID Connect Core 1.0 §3.3.3.6).
/// </summary>
internal static class IdTokenClaims
{
    /// <summary>Adds what the other token says and this one does not.</summary>
    public static void AddMissing(JwtSecurityToken idToken, ClaimsIdentity identity) => MissingClaims.Add([.. idToken.Claims], identity);
}
