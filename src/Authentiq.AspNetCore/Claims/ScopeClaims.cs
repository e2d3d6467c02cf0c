namespace Authentiq.AspNetCore;

/// <summary>The claims of each scope, as the provider documents them. Other scopes have no known claims.</summary>
internal static class ScopeClaims
{
    private static readonly Dictionary<string, string[]> Claims = new(StringComparer.Ordinal)
    {
        [AuthentiqScopes.Profile] =
        [
            AuthentiqClaimTypes.Name, AuthentiqClaimTypes.FamilyName, AuthentiqClaimTypes.GivenName, AuthentiqClaimTypes.MiddleName,
            AuthentiqClaimTypes.Nickname, AuthentiqClaimTypes.PreferredUsername, AuthentiqClaimTypes.ZoneInfo, AuthentiqClaimTypes.Locale,
        ],
        [AuthentiqScopes.Name] =
        [
            AuthentiqClaimTypes.Name, AuthentiqClaimTypes.FamilyName, AuthentiqClaimTypes.GivenName, AuthentiqClaimTypes.MiddleName, AuthentiqClaimTypes.Nickname,
        ],
        [AuthentiqScopes.Email] = [AuthentiqClaimTypes.Email],
        [AuthentiqScopes.Phone] = [AuthentiqClaimTypes.PhoneNumber],
        [AuthentiqScopes.Address] = [AuthentiqClaimTypes.Address],
        [AuthentiqScopes.Location] = [AuthentiqClaimTypes.Location],
        [AuthentiqScopes.Username] = [AuthentiqClaimTypes.PreferredUsername],
        [AuthentiqScopes.Locale] = [AuthentiqClaimTypes.Locale],
        [AuthentiqScopes.ZoneInfo] = [AuthentiqClaimTypes.ZoneInfo],
    };

    /// <summary>The claims of a scope. One of them shows that the scope was granted: no user has all of them.</summary>
    public static IReadOnlyList<string> Of(string scope) => Claims.GetValueOrDefault(scope, []);

    /// <summary>The type of the claim that indicates whether the value of a scope is verified; <see langword="null"/> when there is none.</summary>
    public static string? Verification(string scope) => scope switch
    {
        AuthentiqScopes.Email => AuthentiqClaimTypes.EmailVerified,
        AuthentiqScopes.Phone => AuthentiqClaimTypes.PhoneNumberVerified,
        _ => null,
    };
}
