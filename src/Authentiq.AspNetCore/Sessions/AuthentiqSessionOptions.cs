namespace Authentiq.AspNetCore;

/// <summary>
/// Options for server-side sessions. They are application-wide, and are bound from the configuration section <c>Authentication:Schemes:Authentiq:Sessions</c>; code takes precedence over configuration. The section does not
/// enable server-side sessions: <c>AddAuthentiqSessions</c> does. The time after which an unused session expires is the <c>ExpireTimeSpan</c> of the cookie scheme, and its <c>SlidingExpiration</c> applies.
/// </summary>
public sealed class AuthentiqSessionOptions
{
    /// <summary>
    /// The maximum time between a sign-in and the end of its session, however much the session is used. Default: 30 days, after which NIST SP 800-63B requires a new sign-in at any assurance level. It must be positive.
    /// <see langword="null"/> sets no limit; in configuration, the value <c>null</c> or an empty text does.
    /// </summary>
    public TimeSpan? AbsoluteLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// The maximum number of sessions in the memory store, and of the leases that are held in it at a time. Default: 100,000, some 150 MB, or 500 MB when tokens are saved; at least 1. When the store is full and no session has
    /// expired, each sign-in ends the least recently used session, and an error is logged. It has no effect on other stores.
    /// </summary>
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>
    /// The maximum number of sessions of one user, in every store. Default: 100; at least 1. A sign-in beyond it ends the least recently used session of the same user, and a message is logged. For users who did not sign in with
    /// Authentiq, a user is the <c>sub</c> or name identifier in one cookie scheme, from one sign-in handler; a session without either is not counted. The cost of a sign-in beyond the maximum is proportional to the maximum.
    /// </summary>
    public int MaxSessionsPerUser { get; set; } = 100;

    /// <summary>Whether the browser and the operating system of the sign-in are stored, such as <c>Firefox on Linux</c>, so that users recognize their sessions. Default: <see langword="true"/>.</summary>
    public bool KeepDevice { get; set; } = true;

    /// <summary>
    /// Whether the network address of the sign-in is stored, shortened to the first 24 bits (IPv4) or 48 bits (IPv6). Default: <see langword="false"/>, because a shortened address is still personal data.
    /// Behind a proxy it requires the forwarded headers middleware.
    /// </summary>
    public bool KeepAddress { get; set; }

    /// <summary>Whether <c>AddAuthentiqSessions</c> was called.</summary>
    internal bool IsOn { get; set; }

    /// <summary>The errors in the configuration section.</summary>
    internal List<string> ConfigurationErrors { get; } = [];
}
