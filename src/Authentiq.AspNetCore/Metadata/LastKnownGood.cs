namespace Authentiq.AspNetCore;

/// <summary>
/// A document that is fetched when it is needed and kept: whoever needs it at once shares one fetch, a fetch that fails leaves the last good one in place, and is not repeated at once.
/// </summary>
/// <param name="fetch">Gets a new one.</param>
/// <param name="clock">Tells how old it is.</param>
internal sealed class LastKnownGood<T>(Func<Task<T>> fetch, TimeProvider clock) where T : class
{
    /// <summary>How soon after a failure the provider is asked again: soon enough that sign-ins work seconds after its return, late enough not to hammer it.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<T>? _fetching;
    private Task<T>? _failed;
    private DateTimeOffset _failedAt;
    private DateTimeOffset _fetchedAt;

    /// <summary>The last good one, if there was one.</summary>
    public T? Value { get; private set; }

    public TimeSpan Age => clock.GetUtcNow() - _fetchedAt;

    /// <summary>The fetch that runs at this moment, if any.</summary>
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

    /// <summary>What is known of the document at this moment.</summary>
    public DocumentState GetState()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            return new() { Age = Value is null ? null : now - _fetchedAt, Failure = _failed?.Exception?.InnerException, FailureAge = _failed is null ? null : now - _failedAt };
        }
    }

    /// <summary>Fetches a new one, or joins the fetch that runs. The fetch goes on when a caller gives up.</summary>
    public Task<T> FetchAsync()
    {
        lock (_lock)
        {
            // The failed task itself: a new one around the same exception would add to its stack trace with each caller.
            if (_failed is not null && clock.GetUtcNow() - _failedAt < RetryDelay)
            {
                return _failed;
            }

            return _fetching ??= RunAsync();
        }
    }

    private async Task<T> RunAsync()
    {
        // Not under the lock, and not on the caller's request.
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
