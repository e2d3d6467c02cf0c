using System.Globalization;

namespace Authentiq.AspNetCore;

/// <summary>
/// The end of one or more sessions, as a revocation store holds it. It ends the sessions with its <see cref="Key"/> whose ID token was issued no later than <see cref="IssuedAt"/> (the provider's clock) and whose callback
/// was received before <see cref="ReceivedAt"/> (the clock of the application): a logout that arrives during a callback ends the session, and a sign-in right after a logout is kept.
/// </summary>
public sealed record AuthentiqRevocation
{
    /// <summary>
    /// Identifies the sessions that it ends: for a logout token, a hash of the issuer, the client and the <c>sid</c> or the <c>sub</c> of the token (OpenID Connect Back-Channel Logout 1.0, section 2.4). The values cannot be
    /// derived from it.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>The time at which the provider issued the logout token (<c>iat</c>), in whole seconds of the provider's clock.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>
    /// The time at which the logout token was received, by the clock of the application; with a store that nodes share, plus <see cref="AuthentiqRevocationOptions.ClockTolerance"/>. A store must preserve it to the tick,
    /// because a callback can be received within the same millisecond.
    /// </summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>
    /// Identifies the logout token that was processed completely: a hash of its <c>jti</c>. Delivered again, that token has no effect (OpenID Connect Back-Channel Logout 1.0, section 2.6). <see langword="null"/> when no
    /// token was: the token is still being processed, such as by the application's <c>OnBackChannelLogout</c>, or the session was ended by something other than a logout token.
    /// </summary>
    public string? ProcessedTokenId { get; init; }

    /// <summary>The time at which no session is left that it could end. A store must keep it until then, whatever else it has to remove.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Returns what a store must hold after this revocation was added to it. A revocation only moves forward.</summary>
    /// <param name="existing">What the store holds for the same <see cref="Key"/>, or <see langword="null"/>.</param>
    /// <returns>
    /// <paramref name="existing"/> when it was issued later, or when its <see cref="ProcessedTokenId"/> is that of this revocation: a token that arrives late, or again, changes nothing. Otherwise the result of
    /// <see cref="CombineWith"/>.
    /// </returns>
    public AuthentiqRevocation MergeWith(AuthentiqRevocation? existing) => existing switch
    {
        null => this,
        _ when ProcessedTokenId is not null && existing.ProcessedTokenId == ProcessedTokenId => existing,
        _ => CombineWith(existing),
    };

    /// <summary>Combines two states of one revocation, for a store that keeps a copy of what another store holds: each may contain a change that the other does not.</summary>
    /// <param name="other">The other state, with the same <see cref="Key"/>.</param>
    /// <returns>
    /// <paramref name="other"/> when it was issued later. Otherwise this revocation, with the later <see cref="ReceivedAt"/> and the later <see cref="ExpiresAt"/> of both. Without a <see cref="ProcessedTokenId"/> it
    /// takes that of <paramref name="other"/> when both were issued in the same second: it may be the same token at another node, which has not read yet that the token was processed.
    /// </returns>
    public AuthentiqRevocation CombineWith(AuthentiqRevocation other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.IssuedAt > IssuedAt
            ? other
            : this with
            {
                ProcessedTokenId = ProcessedTokenId ?? (other.IssuedAt == IssuedAt ? other.ProcessedTokenId : null),
                ReceivedAt = other.ReceivedAt > ReceivedAt ? other.ReceivedAt : ReceivedAt,
                ExpiresAt = other.ExpiresAt > ExpiresAt ? other.ExpiresAt : ExpiresAt,
            };
    }

    /// <summary>Returns the times of the revocation for logs and debuggers, without its key and its token.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{nameof(AuthentiqRevocation)} {{ IssuedAt = {IssuedAt:O}, ReceivedAt = {ReceivedAt:O}, ExpiresAt = {ExpiresAt:O}, IsProcessed = {ProcessedTokenId is not null} }}");
}
