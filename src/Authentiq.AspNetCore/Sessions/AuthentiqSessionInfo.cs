namespace Authentiq.AspNetCore;

/// <summary>A session as its person may see it.</summary>
public sealed record AuthentiqSessionInfo
{
    /// <summary>Names the session among those of its person, on a page or in a form. Nobody can sign in with it.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it is the session of this request.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>When it was last used, to within five minutes.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When it ends unless it is used.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The browser and the operating system at the sign-in, such as <c>Firefox on Linux</c>, if known.</summary>
    public string? Device { get; init; }

    /// <summary>The shortened network address of the sign-in, if <see cref="AuthentiqSessionOptions.KeepAddress"/> is set.</summary>
    public string? Address { get; init; }
}
