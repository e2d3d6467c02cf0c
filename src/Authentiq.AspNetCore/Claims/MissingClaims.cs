using System.Security.Claims;

namespace Authentiq.AspNetCore;

/// <summary>
/// Adds the claims of a second source. A value and its flag (<c>email</c> and <c>email_verified</c>) are taken from the same source: the flag of one source does not apply to the value of the other.
/// </summary>
internal static class MissingClaims
{
    private static readonly (string Value, string Flag)[] Pairs =
    [
        (AuthentiqClaimTypes.Email, AuthentiqClaimTypes.EmailVerified),
        (AuthentiqClaimTypes.PhoneNumber, AuthentiqClaimTypes.PhoneNumberVerified),
    ];

    /// <summary>Adds each claim whose type the identity does not have.</summary>
    public static void Add(IReadOnlyCollection<Claim> claims, ClaimsIdentity identity)
    {
        var known = identity.Claims.Select(claim => claim.Type).ToHashSet(StringComparer.Ordinal);
        foreach (var (value, flag) in Pairs)
        {
            if (!known.Contains(value))
            {
                // The existing flag has no value, and must not apply to the value that is added.
                identity.FindAll(claim => claim.Type == flag).ToList().ForEach(identity.RemoveClaim);
                known.Remove(flag);
            }
            else if (!IsSame(Values(identity.Claims, value), Values(claims, value)))
            {
                known.Add(flag);
            }
        }

        foreach (var claim in claims.Where(claim => !known.Contains(claim.Type)))
        {
            identity.AddClaim(claim.Clone(identity));
        }
    }

    private static string[] Values(IEnumerable<Claim> claims, string type) => [.. claims.Where(claim => claim.Type == type).Select(claim => claim.Value)];

    private static bool IsSame(string[] existing, string[] other) => existing is [var one] && other is [var another] && string.Equals(one, another, StringComparison.Ordinal);
}
