namespace Authentiq.Emulator;

/// <summary>Options of an emulator. They are read once, when it starts; later changes have no effect.</summary>
public sealed class EmulatorOptions
{
    /// <summary>
    /// The issuer. In memory it can be any origin and defaults to <see cref="EmulatorDefaults.Issuer"/>; on a port it is an http loopback
    /// address and defaults to <c>http://localhost:{port}/</c>.
    /// </summary>
    public Uri? Issuer { get; set; }

    /// <summary>The loopback port to listen on. Default: 0, any free port. Not used in memory.</summary>
    public int Port { get; set; }

    /// <summary>The clock of all issue and expiry times. A fake clock lets a test move time without waiting.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// The user who approves every sign-in at once and shares all scopes. <c>/authorize</c> then responds directly, without a
    /// sign-in page. Default: null, each sign-in is approved on the phone.
    /// </summary>
    public Persona? ApproveAs { get; set; }

    /// <summary>Whether <c>aud</c> is an array, as the provider documents it, or a string. Default: an array.</summary>
    public bool AudienceAsArray { get; set; } = true;

    /// <summary>
    /// Whether authorization responses contain <c>iss</c> and the metadata announces it (RFC 9207). Default: false, as the
    /// provider does not document it.
    /// </summary>
    public bool IssuerParameter { get; set; }

    /// <summary>Whether authorization requests can be pushed (RFC 9126). Default: not supported, as the provider does not document it.</summary>
    public PushedAuthorizationRequests PushedAuthorizationRequests { get; set; }

    /// <summary>How long an authorization code can be redeemed. Default: one minute.</summary>
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The format of access tokens. Default: opaque.</summary>
    public AccessTokenFormat AccessTokenFormat { get; set; }

    /// <summary>How long an access token is valid. Default: one hour.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an ID token is valid. Default: one hour.</summary>
    public TimeSpan IdTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a sign-in page waits for the phone. Default: ten minutes.</summary>
    public TimeSpan SignInLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the provider's own session lasts. Default: twelve hours.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>
    /// The maximum number of stored sign-ins, sessions, codes, access tokens, pushed requests and recorded requests, for each kind. Each kind is also
    /// limited to 4 MB. The oldest entry is removed first. Default: 1000.
    /// </summary>
    public int Capacity { get; set; } = 1000;

    /// <summary>Copies the options, so that later changes do not affect a running emulator.</summary>
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
