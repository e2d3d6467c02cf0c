namespace Authentiq.AspNetCore;

/// <summary>The claims of a validated logout token. At least one of <paramref name="SubjectId"/> and <paramref name="SessionId"/> is not <see langword="null"/>.</summary>
/// <param name="Issuer">The issuer (<c>iss</c>), which is that of the provider's metadata.</param>
/// <param name="SubjectId">The user who signed out (<c>sub</c>).</param>
/// <param name="SessionId">The session that has ended (<c>sid</c>).</param>
/// <param name="TokenId">The unique identifier of the token (<c>jti</c>).</param>
/// <param name="IssuedAt">When it was issued, by the provider's clock, in whole seconds.</param>
internal sealed record LogoutToken(string Issuer, string? SubjectId, string? SessionId, string TokenId, DateTimeOffset IssuedAt)
{
    // The user identifier must not be logged.
    public override string ToString() => nameof(LogoutToken);
}
