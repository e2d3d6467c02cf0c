using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// The names of all keys and channels. The hash tag in braces selects the cluster slot of a key: one slot for all sessions and one for all revocations, because a script can only access the keys
/// of one slot.
/// </summary>
internal sealed class RedisKeys(IOptions<AuthentiqRedisOptions> options)
{
    // Created on first use: the host creates its services before it validates the options.
    private string Revocations => field ??= options.Value.KeyPrefix + "{revocations}:";

    private string Sessions => field ??= options.Value.KeyPrefix + "{sessions}:";

    /// <summary>The channel that notifies all nodes of a new revocation. Its messages are empty: each node then reads the changes.</summary>
    public RedisChannel NotificationChannel => RedisChannel.Literal(Revocations + "bell");

    /// <summary>The keys of revocations by the number of their last change.</summary>
    public RedisKey Changes => Revocations + "changes";

    /// <summary>The keys of revocations by their expiry time.</summary>
    public RedisKey Expiries => Revocations + "expiries";

    public string RevocationPrefix => Revocations + "of:";

    public RedisKey Revocation(string key) => RevocationPrefix + key;

    public RedisKey Token(string tokenId) => Revocations + "token:" + tokenId;

    public RedisKey Consumed(string key) => Revocations + "consumed:" + key;

    public string SubjectPrefix => Sessions + "sub:";

    public string SessionIdPrefix => Sessions + "sid:";

    public string SessionPrefix => Sessions + "key:";

    public RedisKey Session(string key) => SessionPrefix + key;

    public RedisKey Lease(string key) => Sessions + "lease:" + key;
}
