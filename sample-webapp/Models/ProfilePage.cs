using System.Security.Claims;
using Authentiq.AspNetCore;

namespace SampleWebApp.Models;

/// <summary>The model of the profile page.</summary>
public sealed class ProfilePage(AuthentiqProfile profile, IEnumerable<Claim> claims)
{
    public AuthentiqProfile Profile { get; } = profile;

    public IReadOnlyList<ClaimRow> Claims { get; } = [.. claims.Select(claim => new ClaimRow(claim))];

    /// <summary>The granted scopes, in display order.</summary>
    public IReadOnlyList<ScopeBadge> Scopes { get; } = ScopeBadge.Of(profile.GrantedScopes);
}
