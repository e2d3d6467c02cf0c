namespace Authentiq.AspNetCore;

/// <summary>
/// Concurrent deliveries of a logout token on this node share one run. Tokens that were processed on this node are stored for an hour: the same token has no effect again.
/// </summary>
internal sealed class LogoutRuns(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<bool>> _running = new(StringComparer.Ordinal);
    private readonly ExpiringMap<DateTimeOffset> _done = new(clock, static expiresAt => expiresAt);

    /// <param name="tokenKey">The key of the logout token.</param>
    /// <param name="run">Processes the token. Returns <see langword="false"/> when the provider has to retry.</param>
    /// <returns>The result of the shared run. An exception of the run is thrown to all concurrent deliveries.</returns>
    public Task<bool> ShareAsync(string tokenKey, Func<Task<bool>> run)
    {
        lock (_lock)
        {
            return _running.TryGetValue(tokenKey, out var running) ? running : _running[tokenKey] = RunAsync(tokenKey, run);
        }
    }

    private async Task<bool> RunAsync(string tokenKey, Func<Task<bool>> run)
    {
        // Continues outside of the lock, and after the task has been added to the dictionary.
        await Task.Yield();
        try
        {
            var isDone = _done.TryGet(tokenKey, out _) || await run();
            if (isDone)
            {
                _done.Set(tokenKey, clock.GetUtcNow() + MemoryRevocationStore.TokenMemory);
            }

            return isDone;
        }
        finally
        {
            lock (_lock)
            {
                _running.Remove(tokenKey);
            }
        }
    }
}
