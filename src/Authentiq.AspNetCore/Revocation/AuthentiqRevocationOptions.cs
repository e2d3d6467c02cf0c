namespace Authentiq.AspNetCore;

/// <summary>
/// How nodes that share a store of logouts work with it: an <c>IDistributedCache</c>, or Redis. An application on one node, with its logouts in memory, does not need them.
/// Set them with <c>services.Configure&lt;AuthentiqRevocationOptions&gt;(…)</c>.
/// </summary>
public sealed class AuthentiqRevocationOptions
{
    /// <summary>What happens while the store does not answer. Default: <see cref="AuthentiqStoreFailureMode.TrustLastKnown"/>.</summary>
    public AuthentiqStoreFailureMode WhenStoreFails { get; set; }

    /// <summary>How long what is known is trusted while the store does not answer. Default: one minute, so that a restart of the store goes unnoticed.</summary>
    public TimeSpan TrustFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long an answer of an <c>IDistributedCache</c> is good, and so how late a logout that another node has taken takes effect here at the latest. Default: ten seconds. With
    /// <c>AddAuthentiqRedis</c> a node is told of logouts, and acts at once; for messages that are lost it has a <c>PollInterval</c>.
    /// </summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an <c>IDistributedCache</c> may take before it counts as not answering. Default: two seconds. <c>AddAuthentiqRedis</c> has a <c>CallTimeout</c>.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How far the clocks of nodes that share a store may differ. Default: five seconds; at most one minute. It is added to the time at which a logout arrived, so that a logout that reaches a node
    /// whose clock is behind still ends a session that another node began before it. A sign-in right after a logout is refused only when its ID token was issued within the second of the logout token
    /// (<c>iat</c>), or earlier. It has no effect on revocations in memory, where one clock stamps both.
    /// </summary>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(5);
}
