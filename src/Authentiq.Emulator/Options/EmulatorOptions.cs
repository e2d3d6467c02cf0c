namespace Authentiq.Emulator;

/// <summary>How an emulator starts. Read once; changing it afterwards has no effect.</summary>
public sealed class EmulatorOptions
{
    /// <summary>
    /// The issuer. In memory any origin, by default <see cref="EmulatorDefaults.Issuer"/>; on a port a plain http loopback
    /// address, by default <c>http://localhost:{port}/</c>.
    /// </summary>
    public Uri? Issuer { get; set; }

    /// <summary>The loopback port to listen on; 0, the default, takes any free one. Not used in memory.</summary>
    public int Port { get; set; }

    /// <summary>The clock of everything the emulator issues and forgets. A fake one moves its time without waiting.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// The person whose phone approves every sign-in at once and shares everything. <c>/authorize</c> then answers
    /// directly, without a sign-in page. Default: none, somebody has to approve.
    /// </summary>
    public Persona? ApproveAs { get; set; }

    /// <summary>Whether <c>aud</c> is an array, as the provider documents it, or a string. Default: an array.</summary>
    public bool AudienceAsArray { get; set; } = true;

    /// <summary>
    /// Whether authorization responses carry <c>iss</c> and the metadata announces it (RFC 9207). Default: no, as the
    /// provider does not document it.
    /// </summary>
    public bool IssuerParameter { get; set; }

    /// <summary>Whether authorization requests can be pushed (RFC 9126). Default: no, as the provider does not document it.</summary>
    public PushedAuthorizationRequests PushedAuthorizationRequests { get; set; }

    /// <summary>How long an authorization code can be redeemed. Default: one minute.</summary>
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What access tokens look like. Default: opaque.</summary>
    public AccessTokenFormat AccessTokenFormat { get; set; }

    /// <summary>How long an access token is good for. Default: one hour.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How far <c>exp</c> of an ID token lies ahead. Default: one hour.</summary>
    public TimeSpan IdTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a sign-in page waits for the phone. Default: ten minutes.</summary>
    public TimeSpan SignInLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the provider's own session lasts. Default: twelve hours.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>
    /// How many sign-ins, sessions, codes, access tokens, pushed and recorded requests are stored, of each, and never more than
    /// 4 MB of each. The oldest gives way. Default: 1000.
    /// </summary>
    public int Capacity { get; set; } = 1000;

    /// <summary>The options as they are now, so that nobody can change them under a running emulator.</summary>
    internal EmulatorOptions Copy() => (EmulatorOptions)MemberwiseClone();

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535);
        ArgumentOutOfRangeException.ThrowIfLessThan(Capacity, 1);
        foreach (var lifetime in new[] { CodeLifetime, AccessTokenLifetime, IdTokenLifetime, SignInLifetime, SessionLifetime })
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        }
    }
}
