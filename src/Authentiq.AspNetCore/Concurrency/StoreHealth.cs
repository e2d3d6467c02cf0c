using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// Whether a store that several nodes share answers. While it does not, one request at a time tries again and the others do not wait for it; for a time they may go by what is known.
/// </summary>
internal sealed class StoreHealth(AuthentiqRevocationOptions options, TimeProvider clock, ILogger logger, Metrics? metrics = null)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _failingSince;
    private long _nextTry;
    private bool _hasAnswered;

    /// <summary>Whether what is known is enough for now. Of a store that has never answered nothing is known.</summary>
    public bool MayTrust => options.WhenStoreFails is AuthentiqStoreFailureMode.TrustLastKnown && HasRecentlyAnswered;

    /// <summary>Whether the last call has failed, so that others are not made for a moment.</summary>
    public bool IsFailing => Volatile.Read(ref _failingSince) != 0;

    /// <summary>The time since the first of the calls that have failed; <see langword="null"/> when the last call succeeded.</summary>
    public TimeSpan? Outage => Volatile.Read(ref _failingSince) is var since && since == 0 ? null : TimeSpan.FromTicks(clock.GetUtcNow().UtcTicks - since);

    /// <summary>Whether the store as a whole was available within <see cref="AuthentiqRevocationOptions.TrustFor"/>. A part of it may still be unavailable.</summary>
    public bool HasRecentlyAnswered =>
        Volatile.Read(ref _hasAnswered)
        && Volatile.Read(ref _failingSince) is var since
        && (since == 0 || clock.GetUtcNow().UtcTicks - since <= options.TrustFor.Ticks);

    /// <inheritdoc cref="CallAsync{T}(Func{CancellationToken, Task{T}}, bool, bool, CancellationToken)"/>
    public Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, bool evenIfFailing, CancellationToken cancellationToken) =>
        CallAsync(call, evenIfFailing, isKnownToFail: false, cancellationToken);

    /// <summary>Calls the store.</summary>
    /// <param name="call">The call.</param>
    /// <param name="evenIfFailing">Whether the call is made although another has failed a moment ago.</param>
    /// <param name="isKnownToFail">Whether a failure says nothing new, and so does not keep others from calling.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AuthentiqStoreException">It does not answer, or failed a moment ago.</exception>
    [SuppressMessage("Design", "MA0054", Justification = "The message of a store may quote what it was asked for.")]
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, bool evenIfFailing, bool isKnownToFail, CancellationToken cancellationToken)
    {
        if (!evenIfFailing && !MayTry())
        {
            throw new AuthentiqStoreException("The store has not answered, and is tried again in a moment.");
        }

        try
        {
            var answer = await call(cancellationToken).WaitAsync(options.CacheTimeout, clock, cancellationToken);
            Succeeded();
            metrics?.StoreCall(Metrics.Revocations, "call", error: null);
            return answer;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            metrics?.StoreCall(Metrics.Revocations, "call", exception.GetType().Name);
            if (!isKnownToFail)
            {
                Failed(exception.GetType().Name);
            }

            throw new AuthentiqStoreException($"The store does not answer ({exception.GetType().Name}).");
        }
    }

    private bool MayTry()
    {
        if (Volatile.Read(ref _failingSince) == 0)
        {
            return true;
        }

        var (now, next) = (clock.GetUtcNow().UtcTicks, Volatile.Read(ref _nextTry));
        return now >= next && Interlocked.CompareExchange(ref _nextTry, now + Pause.Ticks, next) == next;
    }

    private void Succeeded()
    {
        Volatile.Write(ref _hasAnswered, true);
        if (Volatile.Read(ref _failingSince) != 0 && Interlocked.Exchange(ref _failingSince, 0) != 0)
        {
            logger.StoreAnswersAgain();
        }
    }

    private void Failed(string reason)
    {
        var now = clock.GetUtcNow().UtcTicks;
        Volatile.Write(ref _nextTry, now + Pause.Ticks);
        if (Interlocked.CompareExchange(ref _failingSince, now, 0) == 0)
        {
            metrics?.Outage(Metrics.Revocations);
            logger.StoreDoesNotAnswer(reason, options.WhenStoreFails is AuthentiqStoreFailureMode.TrustLastKnown ? options.TrustFor : TimeSpan.Zero);
        }
    }
}
