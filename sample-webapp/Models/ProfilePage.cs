using System.Security.Claims;
using Authentiq.AspNetCore;

namespace SampleWebApp.Models;

/// <summary>What the profile page shows.</summary>
public sealed class ProfilePage(AuthentiqProfile profile, IEnumerable<Claim> claims)
{
    public AuthentiqProfile Profile { get; } = profile;

    public IReadOnlyList<ClaimRow> Claims { get; } = [.. claims.Select(claim => new ClaimRow(claim))];

    /// <summary>What was granted, in the order in which it is worth telling.</summary>
    public IReadOnlyList<ScopeBadge> Scopes { get; } = ScopeBadge.Of(profile.GrantedScopes);
}
