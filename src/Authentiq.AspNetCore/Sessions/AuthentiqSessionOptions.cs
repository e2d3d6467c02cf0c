namespace Authentiq.AspNetCore;

/// <summary>How sessions are kept on the server. How long one lasts without being used follows the cookie's <c>ExpireTimeSpan</c> and <c>SlidingExpiration</c>.</summary>
public sealed class AuthentiqSessionOptions
{
    /// <summary>
    /// How long a session may last however much it is used, counted from the sign-in. Default: 30 days, after which NIST SP 800-63B asks for a new sign-in at any assurance level.
    /// <see langword="null"/> sets no limit.
    /// </summary>
    public TimeSpan? AbsoluteLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How many sessions the store in memory holds. Default: 100,000, some 150 MB, or 500 MB when the tokens are saved. When it is full and no session has expired, each sign-in ends the
    /// session that was seen longest ago, and an error is logged. Other stores have bounds of their own.
    /// </summary>
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>
    /// The maximum number of sessions of one user, in every store. Default: 100; at least 1. A sign-in beyond it ends the session of the same user that was seen longest ago, and the log says
    /// so. For sessions that did not begin with Authentiq, a user is the <c>sub</c> or name identifier in one cookie scheme, from one sign-in handler; a session without either is not counted. The cost of a
    /// sign-in beyond the maximum is proportional to the maximum.
    /// </summary>
    public int MaxSessionsPerUser { get; set; } = 100;

    /// <summary>Whether a session notes the browser and the operating system, such as <c>Firefox on Linux</c>, for the person to recognise it. Default: <see langword="true"/>.</summary>
    public bool KeepDevice { get; set; } = true;

    /// <summary>
    /// Whether a session notes the network address of the sign-in, shortened to the first 24 bits (IPv4) or 48 bits (IPv6). Default: <see langword="false"/>, as even that is personal data.
    /// Behind a proxy it needs the forwarded headers middleware.
    /// </summary>
    public bool KeepAddress { get; set; }

    /// <summary>Whether sessions are kept on the server at all.</summary>
    internal bool IsOn { get; set; }
}
