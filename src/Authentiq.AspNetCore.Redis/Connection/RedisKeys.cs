using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// The names of everything in Redis. What stands in braces decides where a cluster keeps a key: all sessions in one slot, and all revocations in one, as a script can change only what
/// lies together.
/// </summary>
internal sealed class RedisKeys(IOptions<AuthentiqRedisOptions> options)
{
    // Not before it is needed: the host makes its services, and then looks for mistakes in the options.
    private string Revocations => field ??= options.Value.KeyPrefix + "{revocations}:";

    private string Sessions => field ??= options.Value.KeyPrefix + "{sessions}:";

    /// <summary>Rings on every node when there is a new revocation. It carries nothing: whoever hears it asks.</summary>
    public RedisChannel Bell => RedisChannel.Literal(Revocations + "bell");

    /// <summary>The keys of revocations by the number of their last change.</summary>
    public RedisKey Changes => Revocations + "changes";

    /// <summary>The keys of revocations by the time when they expire.</summary>
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
