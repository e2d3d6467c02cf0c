using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>
/// A double click brings the same callback twice, and what it does can be done once: those that come at the same moment share the act, and end alike. Each of them has proven before that it comes from the
/// browser that began the sign-in.
/// </summary>
internal sealed class SingleFlight<T>(TimeProvider clock)
{
    /// <summary>How long after the act its result is still shared: long enough for the second of two clicks.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);

    /// <summary>The result of the act that runs or ran, or of a new one.</summary>
    /// <param name="name">What may be done once.</param>
    /// <param name="act">Does it. It belongs to all who wait, so nobody's patience ends it but its own.</param>
    /// <param name="cancellationToken">Ends this caller's wait, and not the act.</param>
    public async Task<T> ShareAsync(string name, Func<Task<T>> act, CancellationToken cancellationToken)
    {
        ForgetOld();
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var mine = new Flight(clock.GetUtcNow());
        var flight = _flights.GetOrAdd(key, mine);
        if (ReferenceEquals(flight, mine))
        {
            _ = mine.RunAsync(act);
        }

        try
        {
            return await flight.Result.WaitAsync(cancellationToken);
        }
        catch (Exception) when (flight.Result.IsFaulted)
        {
            // A failure is shared by those who waited, and kept for nobody.
            _flights.TryRemove(KeyValuePair.Create(key, flight));
            throw;
        }
    }

    private void ForgetOld()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, flight) in _flights)
        {
            if (flight.Result.IsCompleted && now - flight.Began > Grace)
            {
                _flights.TryRemove(KeyValuePair.Create(key, flight));
            }
        }
    }

    private sealed class Flight(DateTimeOffset began)
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DateTimeOffset Began { get; } = began;

        public Task<T> Result => _result.Task;

        public async Task RunAsync(Func<Task<T>> act)
        {
            try
            {
                _result.SetResult(await act());
            }
            catch (Exception exception)
            {
                _result.SetException(exception);

                // Seen, even when everybody has gone.
                _ = _result.Task.Exception;
            }
        }
    }
}
