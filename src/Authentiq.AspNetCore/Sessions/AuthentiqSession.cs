using System.Diagnostics.CodeAnalysis;

namespace Authentiq.AspNetCore;

/// <summary>A session on the server, as a session store keeps it. The browser holds nothing but the key, of which the store knows a hash.</summary>
public sealed record AuthentiqSession
{
    /// <summary>The hash of the key in the browser's cookie. The key cannot be made of it.</summary>
    public required string Key { get; init; }

    /// <summary>A hash of the issuer, the client and the <c>sub</c>: the same for all sessions of a user. <see langword="null"/> when the session did not begin with Authentiq.</summary>
    public string? SubjectKey { get; init; }

    /// <summary>
    /// A hash of the issuer, the client and the <c>sid</c>. When the provider sent no <c>sid</c>, a hash that all sessions of the user without one share.
    /// <see langword="null"/> when the session did not begin with Authentiq.
    /// </summary>
    public string? SessionIdKey { get; init; }

    /// <summary>When the ID token that began the session was issued, in whole seconds of the provider's clock.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When the callback that began the session arrived, by our clock. A store keeps it to the tick: a logout may follow within the same millisecond.</summary>
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>When the session was last used, by our clock: noted at sign-in, at every renewal, and otherwise at most once in five minutes.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When the session ends unless it is renewed. A store drops it then.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// How often the session has been written anew, from 0. A session replaces only the revision before its own: of two requests that write at once, the second does not undo the first.
    /// </summary>
    public int Revision { get; init; }

    /// <summary>The browser and the operating system, such as <c>Firefox on Linux</c>, or <see langword="null"/>.</summary>
    public string? Device { get; init; }

    /// <summary>The shortened network address of the sign-in, such as <c>203.0.113.0</c>, when the application keeps it.</summary>
    public string? Address { get; init; }

    /// <summary>The authentication ticket. It is encrypted with Data Protection for every store but the one in memory.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "It goes from a serializer to a store and back, and is not copied on the way.")]
    public required byte[] Ticket { get; init; }
}
