using Authentiq.AspNetCore;

namespace SampleWebApp.Models;

/// <summary>A granted scope with its display name.</summary>
public sealed record ScopeBadge(string Scope, string Label)
{
    private static readonly ScopeBadge[] Known =
    [
        new(AuthentiqScopes.Profile, "Profile"),
        new(AuthentiqScopes.Name, "Name"),
        new(AuthentiqScopes.Username, "User name"),
        new(AuthentiqScopes.Email, "E-mail address"),
        new(AuthentiqScopes.Phone, "Phone number"),
        new(AuthentiqScopes.Address, "Postal address"),
        new(AuthentiqScopes.Location, "Location"),
        new(AuthentiqScopes.Locale, "Language"),
        new(AuthentiqScopes.ZoneInfo, "Time zone"),
        new(AuthentiqScopes.Push, "One-click sign-in"),
        new(AuthentiqScopes.Link, "Account link"),
        new(AuthentiqScopes.OpenId, "Sign-in"),
    ];

    /// <summary>Returns known scopes in the order above, then unknown scopes by name.</summary>
    public static IReadOnlyList<ScopeBadge> Of(IReadOnlySet<string> granted) =>
    [
        .. Known.Where(badge => granted.Contains(badge.Scope)),
        .. granted.Where(scope => Known.All(badge => !string.Equals(badge.Scope, scope, StringComparison.Ordinal))).Order(StringComparer.Ordinal).Select(scope => new ScopeBadge(scope, scope)),
    ];
}
