using System.Globalization;

namespace Authentiq.AspNetCore;

/// <summary>A server-side session, as the user that it belongs to or an administrator may see it.</summary>
public sealed record AuthentiqSessionInfo
{
    /// <summary>
    /// Identifies the session among those of its user, for a page, a form or <see cref="AuthentiqSessionManager.EndAsync"/>. It stays the same for as long as the session lasts. It cannot be used to sign in.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Whether this is the session of the current request. <see langword="false"/> for sessions that were found without a request.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>The time of the sign-in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time at which the session was last used, to within five minutes.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The time at which the session expires unless it is used.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The browser and the operating system of the sign-in, such as <c>Firefox on Linux</c>, or <see langword="null"/> when they are unknown or <see cref="AuthentiqSessionOptions.KeepDevice"/> is <see langword="false"/>.</summary>
    public string? Device { get; init; }

    /// <summary>The shortened network address of the sign-in, such as <c>203.0.113.0</c>, or <see langword="null"/> unless <see cref="AuthentiqSessionOptions.KeepAddress"/> is set.</summary>
    public string? Address { get; init; }

    /// <summary>Returns the times of the session for logs and debuggers, without its id, device and address.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{nameof(AuthentiqSessionInfo)} {{ IsCurrent = {IsCurrent}, CreatedAt = {CreatedAt:O}, LastSeenAt = {LastSeenAt:O}, ExpiresAt = {ExpiresAt:O} }}");
}
