using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;

namespace Authentiq.AspNetCore;

/// <summary>
/// A hybrid flow returns two ID tokens. The base handler uses the claims of the one from the authorization response, which may contain fewer claims (OpenID Connect Core 1.0 §3.3.3.6).
/// </summary>
internal static class IdTokenClaims
{
    /// <summary>Adds claims that only the second token contains. A claim of the first token that is not in the identity was removed by the application, and is not added again.</summary>
    public static void AddMissing(JwtSecurityToken first, JwtSecurityToken second, ClaimsIdentity identity) =>
        MissingClaims.Add([.. second.Claims.Where(claim => identity.HasClaim(existing => existing.Type == claim.Type) || !first.Payload.ContainsKey(claim.Type))], identity);
}
