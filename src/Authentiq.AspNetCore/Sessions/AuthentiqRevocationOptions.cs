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
    /// How long an answer of the store is good, and so how late a logout that another node has taken takes effect here at the latest. Default: ten seconds. A node that is told of logouts, as
    /// with Redis, acts at once, and needs this for messages that were lost.
    /// </summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the store may take before it counts as not answering. Default: two seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);
}
