namespace Authentiq.AspNetCore;

/// <summary>What a request knows of the session in one cookie.</summary>
/// <param name="scheme">The cookie scheme.</param>
/// <param name="next">That of another cookie of the request.</param>
internal sealed class CookieSession(string scheme, CookieSession? next)
{
    public string Scheme { get; } = scheme;

    public CookieSession? Next { get; } = next;

    /// <summary>The server-side session that the ticket was read from.</summary>
    public SessionOrigin? Origin { get; set; }

    /// <summary>The key of the session that was started by this request, if any.</summary>
    public string? NewKey { get; set; }

    /// <summary>Whether the cookie holds the key of no session, so that it can be deleted.</summary>
    public bool IsStale { get; set; }

    /// <summary>Whether the end of the response leaves the cookie as it is: a sign-in or sign-out has written it, or its session could not be read.</summary>
    public bool IsFinal { get; set; }
}
