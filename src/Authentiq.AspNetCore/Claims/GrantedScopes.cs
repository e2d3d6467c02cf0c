using System.Collections.Frozen;
using System.Security.Claims;

namespace Authentiq.AspNetCore;

/// <summary>What the person agreed to: it may be less than what was asked for.</summary>
internal static class GrantedScopes
{
    /// <summary>The scopes of a space-separated list, without modifiers.</summary>
    public static IReadOnlySet<string> Read(string? scopes) => scopes.SplitAtSpaces()
        .Select(scope => AuthentiqScope.TryParse(scope, out var parsed) ? parsed.Name : scope)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// The token answer says what was granted; the ID token may; an answer that says nothing grants what was asked for (RFC 6749 §5.1).
    /// </summary>
    public static IReadOnlySet<string> From(string? tokenAnswer, ClaimsIdentity identity, string? requested) =>
        Read(tokenAnswer is { Length: > 0 } ? tokenAnswer : identity.FindFirst(AuthentiqClaimTypes.Scope)?.Value is { Length: > 0 } claim ? claim : requested);

    /// <summary>Keeps the granted scopes where the application finds them.</summary>
    public static void Keep(IReadOnlySet<string> granted, ClaimsIdentity identity)
    {
        foreach (var claim in identity.FindAll(AuthentiqClaimTypes.Scope).ToList())
        {
            identity.RemoveClaim(claim);
        }

        identity.AddClaim(new Claim(AuthentiqClaimTypes.Scope, string.Join(' ', granted.Order(StringComparer.Ordinal)), ClaimValueTypes.String, identity.Claims.FirstOrDefault()?.Issuer));
    }
}
