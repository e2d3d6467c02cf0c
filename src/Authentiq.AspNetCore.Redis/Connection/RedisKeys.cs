using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>
/// The names of everything in Redis. What stands in braces decides where a cluster keeps a key: all sessions in one slot, and all revocations in one, as a script can change only what
/// lies together.
/// </summary>
internal sealed class RedisKeys(IOptions<AuthentiqRedisOptions> options)
{
    private readonly string _revocations = options.Value.KeyPrefix + "{revocations}:";
    private readonly string _sessions = options.Value.KeyPrefix + "{sessions}:";

    /// <summary>Rings on every node when there is a new revocation. It carries nothing: whoever hears it asks.</summary>
    public RedisChannel Bell => RedisChannel.Literal(_revocations + "bell");

    /// <summary>The keys of revocations by the number of their last change.</summary>
    public RedisKey Changes => _revocations + "changes";

    /// <summary>The keys of revocations by the time when they expire.</summary>
    public RedisKey Expiries => _revocations + "expiries";

    public string RevocationPrefix => _revocations + "of:";

    public RedisKey Revocation(string key) => RevocationPrefix + key;

    public RedisKey Token(string tokenId) => _revocations + "token:" + tokenId;

    public string SubjectPrefix => _sessions + "sub:";

    public string SessionIdPrefix => _sessions + "sid:";

    public string SessionPrefix => _sessions + "key:";

    public RedisKey Session(string key) => SessionPrefix + key;
}
