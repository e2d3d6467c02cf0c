namespace Authentiq.Emulator;

/// <summary>The scopes of the provider: the label of each, its claims, and the claim that indicates verification.</summary>
internal static class ScopeCatalog
{
    public const string OpenId = "openid";

    private static readonly Dictionary<string, Entry> Entries = new(StringComparer.Ordinal)
    {
        [OpenId] = new("Sign in with your Authentiq ID", []),
        ["profile"] = new("Profile", ["name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "zoneinfo", "locale"]),
        ["email"] = new("Email address", ["email", "email_verified"], "email_verified"),
        ["phone"] = new("Phone number", ["phone_number", "phone_number_verified", "phone_type"], "phone_number_verified"),
        ["address"] = new("Home address", ["address"]),
        ["aq:name"] = new("Full name", ["name", "given_name", "family_name", "middle_name", "nickname"]),
        ["aq:username"] = new("Username", ["preferred_username"]),
        ["aq:locale"] = new("Language", ["locale"]),
        ["aq:zoneinfo"] = new("Time zone", ["zoneinfo"]),
        ["aq:location"] = new("Current location", ["aq:location"]),
        ["aq:push"] = new("One-click sign-in", []),
        ["aq:link"] = new("Link to this account", []),
    };

    public static IEnumerable<string> Names => Entries.Keys;

    public static IEnumerable<string> Claims => Entries.Values.SelectMany(entry => entry.Claims).Distinct(StringComparer.Ordinal);

    public static bool Knows(string scope) => Entries.ContainsKey(scope);

    public static string Label(string scope) => Entries[scope].Label;

    public static IReadOnlyList<string> ClaimsOf(string scope) => Entries[scope].Claims;

    /// <summary>Whether a user has claims of a scope.</summary>
    public static bool Has(Persona persona, string scope) => Entries[scope] switch
    {
        { Claims: [] } => true,
        { VerifiedClaim: not null, Claims: [var main, ..] } => persona.Claims.ContainsKey(main),
        { Claims: var claims } => claims.Any(persona.Claims.ContainsKey),
    };

    /// <summary>Whether the claims of a scope are verified. Claims that cannot be verified separately count as verified.</summary>
    public static bool IsVerified(Persona persona, string scope) =>
        Entries[scope].VerifiedClaim is not { } claim || persona.IsTrue(claim);

    /// <summary>Whether a user can share a requested scope.</summary>
    public static bool CanShare(Persona persona, RequestedScope scope) =>
        Has(persona, scope.Name) && (!scope.Signed || IsVerified(persona, scope.Name));

    /// <summary>The claims of a user for some scopes.</summary>
    public static Dictionary<string, object> Select(Persona persona, IEnumerable<string> scopes) => scopes
        .SelectMany(ClaimsOf)
        .Distinct(StringComparer.Ordinal)
        .Where(persona.Claims.ContainsKey)
        .ToDictionary(claim => claim, claim => persona.Claims[claim], StringComparer.Ordinal);

    private sealed record Entry(string Label, string[] Claims, string? VerifiedClaim = null);
}
