using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;

namespace Authentiq.AspNetCore;

/// <summary>
/// A hybrid flow brings two ID tokens, and the base handler takes its claims from the one that came through the browser, which may hold fewer (OpenID Connect Core 1.0 §3.3.3.6).
/// </summary>
internal static class IdTokenClaims
{
    /// <summary>Adds what only the second token says. A claim of the first that is not in the identity was removed by the application, and stays so.</summary>
    public static void AddMissing(JwtSecurityToken first, JwtSecurityToken second, ClaimsIdentity identity) =>
        MissingClaims.Add([.. second.Claims.Where(claim => identity.HasClaim(held => held.Type == claim.Type) || !first.Payload.ContainsKey(claim.Type))], identity);
}
