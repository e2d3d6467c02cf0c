namespace Authentiq.AspNetCore;

/// <summary>
/// A document that is fetched when it is needed, and cached. Concurrent callers share one fetch. When a fetch fails, the last fetched document remains available, and the fetch is repeated after
/// <see cref="RetryDelay"/> at the earliest.
/// </summary>
/// <param name="fetch">Fetches the document.</param>
/// <param name="clock">The clock for the age of the document.</param>
internal sealed class LastKnownGood<T>(Func<Task<T>> fetch, TimeProvider clock) where T : class
{
    /// <summary>The minimum time between a failure and the next fetch: sign-ins work seconds after the provider has recovered, and the provider is not flooded with requests.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<T>? _fetching;
    private Task<T>? _failed;
    private DateTimeOffset _failedAt;
    private DateTimeOffset _fetchedAt;

    /// <summary>The last fetched document; <see langword="null"/> when none has been fetched.</summary>
    public T? Value { get; private set; }

    public TimeSpan Age => clock.GetUtcNow() - _fetchedAt;

    /// <summary>The running fetch, if any.</summary>
    public Task<T>? Running
    {
        get
        {
            lock (_lock)
            {
                return _fetching;
            }
        }
    }

    /// <summary>Returns the current state of the document.</summary>
    public DocumentState GetState()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            return new() { Age = Value is null ? null : now - _fetchedAt, Failure = _failed?.Exception?.InnerException, FailureAge = _failed is null ? null : now - _failedAt };
        }
    }

    /// <summary>Starts a fetch, or joins the running one. The fetch continues when a caller stops waiting.</summary>
    public Task<T> FetchAsync()
    {
        lock (_lock)
        {
            // Returns the failed task itself: rethrowing the exception for each caller would extend its stack trace.
            if (_failed is not null && clock.GetUtcNow() - _failedAt < RetryDelay)
            {
                return _failed;
            }

            return _fetching ??= RunAsync();
        }
    }

    private async Task<T> RunAsync()
    {
        // Continues outside of the lock and of the caller's request.
        await Task.Yield();
        try
        {
            var value = await fetch();
            lock (_lock)
            {
                (Value, _fetchedAt, _failed, _fetching) = (value, clock.GetUtcNow(), null, null);
            }

            return value;
        }
        catch
        {
            lock (_lock)
            {
                (_failed, _failedAt, _fetching) = (_fetching, clock.GetUtcNow(), null);
            }

            throw;
        }
    }
}
