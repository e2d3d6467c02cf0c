using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// Calls the cache that several nodes share, and tracks its outages. During an outage one request at a time tries again and the others do not wait for it; for a time, cached revocation data is used.
/// </summary>
internal sealed class CacheCalls(AuthentiqRevocationOptions options, TimeProvider clock, ILogger logger, Metrics? metrics = null)
{
    private readonly OutageMonitor _outage = new(
        clock,
        reason =>
        {
            metrics?.Stores.Outage(Metrics.Revocations);
            logger.StoreDoesNotAnswer(reason, options.WhenStoreFails is AuthentiqStoreFailureMode.TrustLastKnown ? options.TrustFor : TimeSpan.Zero);
        },
        logger.StoreAnswersAgain);

    /// <summary>Whether cached data may be used. There is none of a cache that has never been available.</summary>
    public bool MayTrust => options.WhenStoreFails is AuthentiqStoreFailureMode.TrustLastKnown && WasRecentlyAvailable;

    /// <summary>Whether the last call has failed, so that others are not made for a moment.</summary>
    public bool IsFailing => _outage.IsOpen;

    /// <summary>The time since the first of the calls that have failed; <see langword="null"/> when the last call succeeded.</summary>
    public TimeSpan? Outage => _outage.Duration;

    /// <summary>Whether the cache as a whole was available within <see cref="AuthentiqRevocationOptions.TrustFor"/>. A part of it may still be unavailable.</summary>
    public bool WasRecentlyAvailable => _outage.HasSucceeded && !(_outage.Duration > options.TrustFor);

    /// <inheritdoc cref="CallAsync{T}(string, Func{CancellationToken, Task{T}}, bool, bool, CancellationToken)"/>
    public Task<T> CallAsync<T>(string operation, Func<CancellationToken, Task<T>> call, bool evenIfFailing, CancellationToken cancellationToken) =>
        CallAsync(operation, call, evenIfFailing, isKnownToFail: false, cancellationToken);

    /// <summary>Calls the cache.</summary>
    /// <param name="operation">The operation, for metrics and traces.</param>
    /// <param name="call">The call.</param>
    /// <param name="evenIfFailing">Whether the call is made although another has failed a moment ago.</param>
    /// <param name="isKnownToFail">Whether a failure is already known, so that it does not open the circuit.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AuthentiqStoreException">The call failed or timed out, or another one has a moment ago.</exception>
    [SuppressMessage("Design", "MA0054", Justification = "The message of a cache may quote a key.")]
    public async Task<T> CallAsync<T>(string operation, Func<CancellationToken, Task<T>> call, bool evenIfFailing, bool isKnownToFail, CancellationToken cancellationToken)
    {
        if (!evenIfFailing && !_outage.MayTry())
        {
            throw new AuthentiqStoreException("The cache is unavailable, and is tried again in a moment.");
        }

        using var activity = Traces.StartStoreCall(Traces.RevocationStore, operation);
        try
        {
            var result = await call(cancellationToken).WaitAsync(options.CacheTimeout, clock, cancellationToken);
            _outage.Succeed();
            metrics?.StoreCall(Metrics.Revocations, operation, error: null);
            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            metrics?.StoreCall(Metrics.Revocations, operation, exception.GetType().Name);
            activity.Fail(exception.GetType().Name);
            if (!isKnownToFail)
            {
                _outage.Fail(exception.GetType().Name);
            }

            throw new AuthentiqStoreException($"The cache is unavailable ({exception.GetType().Name}).");
        }
    }
}
