using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Authentiq.AspNetCore;

/// <summary>Reports when the Data Protection keys of the process have changed, for example because one was revoked: what was decrypted before must be decrypted again.</summary>
/// <param name="keys">The key manager of the application; <see langword="null"/> when it has none.</param>
internal sealed class KeyRing(IKeyManager? keys)
{
    // Data Protection reads its keys again in the background, and uses the previous ones until it has them. What is decrypted meanwhile is not kept for longer than the next call.
    private const long ReloadMilliseconds = 5_000;

    private CancellationToken _change = keys?.GetCacheExpirationToken() ?? CancellationToken.None;
    private long _reloadedAt = long.MinValue;

    /// <summary>Whether the keys have changed since the last call, or a moment ago. Of several callers at least one is told.</summary>
    public bool HasChanged()
    {
        if (!_change.IsCancellationRequested)
        {
            return Environment.TickCount64 < Volatile.Read(ref _reloadedAt);
        }

        Volatile.Write(ref _reloadedAt, Environment.TickCount64 + ReloadMilliseconds);
        _change = keys!.GetCacheExpirationToken();
        return true;
    }
}
