namespace Authentiq.AspNetCore;

/// <summary>
/// Lets concurrent deliveries of one logout token on this node share one run, and remembers for an hour which tokens were processed here: the same token again has no effect.
/// </summary>
internal sealed class LogoutRuns(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<bool>> _running = new(StringComparer.Ordinal);
    private readonly ExpiringMap<DateTimeOffset> _done = new(clock, static expiresAt => expiresAt);

    /// <param name="tokenKey">The key of the logout token.</param>
    /// <param name="run">Processes it, and returns whether it is processed; otherwise the provider has to repeat it.</param>
    /// <returns>The result of the run that all concurrent deliveries share. What the run throws, all of them throw.</returns>
    public Task<bool> ShareAsync(string tokenKey, Func<Task<bool>> run)
    {
        lock (_lock)
        {
            return _running.TryGetValue(tokenKey, out var running) ? running : _running[tokenKey] = RunAsync(tokenKey, run);
        }
    }

    private async Task<bool> RunAsync(string tokenKey, Func<Task<bool>> run)
    {
        // Not under the lock; and it is in the dictionary before it is removed from it.
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
