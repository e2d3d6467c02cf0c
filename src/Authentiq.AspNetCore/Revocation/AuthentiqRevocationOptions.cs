namespace Authentiq.AspNetCore;

/// <summary>
/// Options for a revocation store that several nodes share: an <c>IDistributedCache</c>, or Redis. They are application-wide, and are bound from the configuration section <c>Authentication:Schemes:Authentiq:Revocation</c>;
/// <c>services.Configure&lt;AuthentiqRevocationOptions&gt;(…)</c> takes precedence over configuration. They have no effect on one node with its revocations in memory.
/// </summary>
public sealed class AuthentiqRevocationOptions
{
    /// <summary>What happens to requests of authenticated users while the store is unavailable. Default: <see cref="AuthentiqStoreFailureMode.TrustLastKnown"/>.</summary>
    public AuthentiqStoreFailureMode WhenStoreFails { get; set; }

    /// <summary>
    /// How long cached revocation data is used while the store is unavailable. Default: one minute, so that a restart of the store has no effect on users; it cannot be negative. It applies only to
    /// <see cref="AuthentiqStoreFailureMode.TrustLastKnown"/>.
    /// </summary>
    public TimeSpan TrustFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a response of an <c>IDistributedCache</c> is used, which is the maximum delay of a logout that another node has received. Default: ten seconds; it cannot be negative. It applies only to an
    /// <c>IDistributedCache</c>. <c>AddAuthentiqRedis</c> notifies each node at once, and has a <c>PollInterval</c> for messages that are lost.
    /// </summary>
    public TimeSpan CacheCheckInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a call to an <c>IDistributedCache</c> may take before the cache counts as unavailable. Default: two seconds; it must be positive. It applies only to an <c>IDistributedCache</c>. <c>AddAuthentiqRedis</c> has
    /// a <c>CallTimeout</c>.
    /// </summary>
    public TimeSpan CacheTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The maximum difference between the clocks of nodes that share a store. Default: five seconds; from zero to one minute. It is added to the time at which a logout was received, so that a logout that reaches a node
    /// whose clock is behind still ends a session that another node created before it. A sign-in right after a logout is refused only when its ID token was issued within the second of the logout token
    /// (<c>iat</c>), or earlier. It has no effect on revocations in memory, where one clock stamps both.
    /// </summary>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The errors in the configuration section.</summary>
    internal List<string> ConfigurationErrors { get; } = [];

    /// <summary>The settings that differ from their default and apply only to an <c>IDistributedCache</c>.</summary>
    internal IReadOnlyList<string> FindCacheSettings()
    {
        var defaults = new AuthentiqRevocationOptions();
        (string Name, bool IsSet)[] settings = [(nameof(CacheCheckInterval), CacheCheckInterval != defaults.CacheCheckInterval), (nameof(CacheTimeout), CacheTimeout != defaults.CacheTimeout)];
        return [.. settings.Where(setting => setting.IsSet).Select(setting => setting.Name)];
    }
}
