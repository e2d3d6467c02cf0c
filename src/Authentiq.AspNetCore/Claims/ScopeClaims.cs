namespace Authentiq.AspNetCore;

/// <summary>Which claims a scope brings, as the provider documents it. A scope that is not here brings none that we know of.</summary>
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

    /// <summary>The claims that show that a scope was honoured; one of them is enough, as nobody has every one.</summary>
    public static IReadOnlyList<string> Of(string scope) => Claims.GetValueOrDefault(scope, []);

    /// <summary>The claim that says whether what a scope brought is verified.</summary>
    public static string? Verification(string scope) => scope switch
    {
        AuthentiqScopes.Email => AuthentiqClaimTypes.EmailVerified,
        AuthentiqScopes.Phone => AuthentiqClaimTypes.PhoneNumberVerified,
        _ => null,
    };
}
