namespace Authentiq.AspNetCore;

/// <summary>What a logout token says, once it has passed its checks. At least one of <paramref name="SubjectId"/> and <paramref name="SessionId"/> is there.</summary>
/// <param name="Issuer">Who issued it (<c>iss</c>): the provider, as its metadata names it.</param>
/// <param name="SubjectId">Who signed out (<c>sub</c>).</param>
/// <param name="SessionId">Which session has ended (<c>sid</c>).</param>
/// <param name="TokenId">What tells this token from every other (<c>jti</c>).</param>
/// <param name="IssuedAt">When it was issued, by the provider's clock, in whole seconds.</param>
internal sealed record LogoutToken(string Issuer, string? SubjectId, string? SessionId, string TokenId, DateTimeOffset IssuedAt)
{
    // Who signed out is nobody's business but the application's.
    public override string ToString() => nameof(LogoutToken);
}
