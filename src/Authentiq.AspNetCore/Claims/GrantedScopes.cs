using System.Security.Claims;

namespace Authentiq.AspNetCore;

/// <summary>The scopes that the user granted, which may be fewer than requested.</summary>
internal static class GrantedScopes
{
    /// <summary>The scopes of a space-separated list, without modifiers.</summary>
    public static IReadOnlySet<string> Read(string? scopes)
    {
        var list = scopes.SplitAtSpaces();
        var names = new HashSet<string>(list.Length, StringComparer.Ordinal);
        foreach (var scope in list)
        {
            names.Add(AuthentiqScope.TryParse(scope, out var parsed) ? parsed.Name : scope);
        }

        return names;
    }

    /// <summary>
    /// Returns the scopes of the token response, or else those of a signed token. When neither contains scopes, the requested scopes are granted (RFC 6749 §5.1). The parameter of the callback is not
    /// signed, and the user can edit it: it can remove scopes but not add any.
    /// </summary>
    /// <param name="fetched">The <c>scope</c> of the token response.</param>
    /// <param name="signed">The <c>scope</c> claim of a validated token.</param>
    /// <param name="requested">The <c>scope</c> of the authorization request.</param>
    /// <param name="unsigned">The <c>scope</c> parameter of the callback.</param>
    public static IReadOnlySet<string> From(string? fetched, string? signed, string? requested, string? unsigned)
    {
        if (!string.IsNullOrEmpty(fetched))
        {
            return Read(fetched);
        }

        var granted = Read(string.IsNullOrEmpty(signed) ? requested : signed);
        return string.IsNullOrEmpty(unsigned) ? granted : Read(unsigned).Intersect(granted).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The <c>scope</c> claim of an ID token, which is a space-separated list or an array.</summary>
    public static string Claimed(ClaimsIdentity identity) => string.Join(' ', identity.FindAll(AuthentiqClaimTypes.Scope).Select(claim => claim.Value));

    private static string Join(IReadOnlySet<string> scopes)
    {
        string[] sorted = [.. scopes];
        Array.Sort(sorted, StringComparer.Ordinal);
        return string.Join(' ', sorted);
    }

    /// <summary>Stores the granted scopes in the <c>scope</c> claim.</summary>
    public static void WriteTo(IReadOnlySet<string> granted, ClaimsIdentity identity)
    {
        foreach (var claim in identity.FindAll(AuthentiqClaimTypes.Scope).ToList())
        {
            identity.RemoveClaim(claim);
        }

        identity.AddClaim(new Claim(AuthentiqClaimTypes.Scope, Join(granted), ClaimValueTypes.String, identity.Claims.FirstOrDefault()?.Issuer));
    }
}
