using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Authentiq.AspNetCore;

/// <summary>A server-side session, as a session store holds it. The cookie of the browser holds the session key; the store holds only a hash of it.</summary>
public sealed record AuthentiqSession
{
    /// <summary>A hash of the session key in the cookie. The session key cannot be derived from it. Every sign-in has a new one; a key is never used twice.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// A hash of the issuer, the client and the <c>sub</c>: the same for all sessions of a user. When the user did not sign in with Authentiq, a hash of the cookie scheme, the sign-in handler and the user
    /// identifier, which is only used to count sessions; <see langword="null"/> when there is no identifier.
    /// </summary>
    public string? SubjectKey { get; init; }

    /// <summary>
    /// A hash of the issuer, the client and the <c>sid</c> (OpenID Connect Back-Channel Logout 1.0, section 2.1). When the provider sent no <c>sid</c>, a hash that all sessions of the user without a <c>sid</c>
    /// share. <see langword="null"/> when the user did not sign in with Authentiq.
    /// </summary>
    public string? SessionIdKey { get; init; }

    /// <summary>
    /// The time at which the ID token of the sign-in was issued (<c>iat</c>), in whole seconds of the provider's clock. <see langword="null"/> when the user did not sign in with Authentiq.
    /// </summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>
    /// The time at which the callback of the sign-in was received, by the clock of the application. It never changes. A store must preserve it to the tick, because a logout can follow within the same millisecond.
    /// </summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// The time at which the session was last used, by the clock of the application, in milliseconds. It is updated at sign-in, at every renewal, and otherwise at most once in five minutes.
    /// </summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The time at which the session expires unless it is renewed, in milliseconds. A store does not return a session after it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// The number of times that the session has been replaced, starting at 0. A session replaces only the preceding revision, so that one of two concurrent writes does not overwrite the other:
    /// see <see cref="IAuthentiqSessionStore.ReplaceAsync"/>.
    /// </summary>
    public int Revision { get; init; }

    /// <summary>The browser and the operating system, such as <c>Firefox on Linux</c>, or <see langword="null"/> when they are unknown or <see cref="AuthentiqSessionOptions.KeepDevice"/> is <see langword="false"/>.</summary>
    public string? Device { get; init; }

    /// <summary>The shortened network address of the sign-in, such as <c>203.0.113.0</c>, or <see langword="null"/> unless <see cref="AuthentiqSessionOptions.KeepAddress"/> is set.</summary>
    public string? Address { get; init; }

    /// <summary>The authentication ticket. It is encrypted with Data Protection for every store except the one in memory.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "It goes from a serializer to a store and back, and is not copied on the way.")]
    public required byte[] Ticket { get; init; }

    /// <summary>Returns the times and the revision of the session for logs and debuggers, without its keys, device, address and ticket.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{nameof(AuthentiqSession)} {{ CreatedAt = {CreatedAt:O}, LastSeenAt = {LastSeenAt:O}, ExpiresAt = {ExpiresAt:O}, Revision = {Revision} }}");
}
