using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Authentiq.AspNetCore;

/// <summary>Reports changes of the Data Protection keys of the process, such as a revocation: what was decrypted before must be decrypted again.</summary>
/// <param name="keys">The key manager of the application; <see langword="null"/> when it has none.</param>
/// <param name="clock">The clock.</param>
internal sealed class KeyRing(IKeyManager? keys, TimeProvider clock)
{
    /// <summary>The time for which the previous keys may still be in use: Data Protection reloads them in the background.</summary>
    public static readonly TimeSpan ReloadTime = TimeSpan.FromSeconds(5);

    private CancellationToken _change = keys?.GetCacheExpirationToken() ?? CancellationToken.None;
    private long _changes;
    private long _changedAt;

    /// <summary>The number of changes that were observed. A ticket that was decrypted before the last one is out of date.</summary>
    public long Changes
    {
        get
        {
            if (_change.IsCancellationRequested)
            {
                Volatile.Write(ref _changedAt, clock.GetTimestamp());
                _change = keys!.GetCacheExpirationToken();
                Interlocked.Increment(ref _changes);
            }

            return Volatile.Read(ref _changes);
        }
    }

    /// <summary>Whether what is decrypted now may still be decrypted with the previous keys.</summary>
    public bool IsReloading => Volatile.Read(ref _changes) > 0 && clock.GetElapsedTime(Volatile.Read(ref _changedAt)) < ReloadTime;
}
