using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Authentiq.AspNetCore;

/// <summary>Reports when the Data Protection keys of the process have changed, for example because one was revoked: what was decrypted before must be decrypted again.</summary>
/// <param name="keys">The key manager of the application; <see langword="null"/> when it has none.</param>
internal sealed class KeyRing(IKeyManager? keys)
{
    private CancellationToken _change = keys?.GetCacheExpirationToken() ?? CancellationToken.None;

    /// <summary>Whether the keys have changed since the last call. Of several callers at least one is told.</summary>
    public bool HasChanged()
    {
        if (!_change.IsCancellationRequested)
        {
            return false;
        }

        _change = keys!.GetCacheExpirationToken();
        return true;
    }
}
