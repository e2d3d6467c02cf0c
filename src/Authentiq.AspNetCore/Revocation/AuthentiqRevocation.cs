namespace Authentiq.AspNetCore;

/// <summary>
/// A logout that the provider announced, as a revocation store keeps it. It ends the sessions with its <see cref="Key"/> whose ID token was issued no later than <see cref="IssuedAt"/>
/// (the provider's clock) and whose callback began before <see cref="ReceivedAt"/> (our clock): a logout during a callback wins, a sign-in right after a logout lives.
/// </summary>
public sealed record AuthentiqRevocation
{
    /// <summary>Which sessions it ends: a hash of the issuer, the client and the <c>sid</c> or the <c>sub</c> of the logout token. None of them can be read from it.</summary>
    public required string Key { get; init; }

    /// <summary>When the provider issued the logout token (<c>iat</c>), in whole seconds of its clock.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>
    /// When the logout token arrived, by our clock; with a store that nodes share, plus <see cref="AuthentiqRevocationOptions.ClockTolerance"/>. A store keeps it to the tick: a callback may begin within the same millisecond.
    /// </summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>
    /// A hash of the logout token's <c>jti</c>: the same token again has no effect (OIDC Back-Channel Logout 1.0 §2.6). <see langword="null"/> while the token has not been processed to its end,
    /// such as before the application's <c>OnBackChannelLogout</c> has completed: the same token is then processed again.
    /// </summary>
    public string? TokenId { get; init; }

    /// <summary>When no session that it could end is left: a store keeps it until then, whatever else it has to drop.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What a store keeps when it held <paramref name="known"/> for the same key: a revocation only moves forward.</summary>
    /// <param name="known">What the store held, or <see langword="null"/>.</param>
    /// <returns>
    /// This revocation, or <paramref name="known"/> when its logout token was issued later, or is the same one: a token that arrives late, or again, changes nothing. A revocation without a
    /// <see cref="TokenId"/> keeps that of <paramref name="known"/> when both were issued in the same second: it may be the same token at another node, which has not read yet that the token was processed.
    /// </returns>
    public AuthentiqRevocation Over(AuthentiqRevocation? known) => known switch
    {
        null => this,
        _ when known.IssuedAt > IssuedAt || (TokenId is not null && known.TokenId == TokenId) => known,
        _ => this with
        {
            TokenId = TokenId ?? (known.IssuedAt == IssuedAt ? known.TokenId : null),
            ReceivedAt = known.ReceivedAt > ReceivedAt ? known.ReceivedAt : ReceivedAt,
            ExpiresAt = known.ExpiresAt > ExpiresAt ? known.ExpiresAt : ExpiresAt,
        },
    };
}
