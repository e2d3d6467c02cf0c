namespace Authentiq.Emulator;

/// <summary>A list in order of arrival, limited in number and in size. Each item can be taken once, and a caller can wait for it.</summary>
internal sealed class Mailbox<T>(int capacity, Func<T, int> sizeOf)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly BoundedList<T> _all = new(capacity, sizeOf);
    private readonly BoundedList<T> _untaken = new(capacity, sizeOf);
    private TaskCompletionSource _arrival = NewArrival();

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all.Items];
            }
        }
    }

    public int Bytes
    {
        get
        {
            lock (_lock)
            {
                return _all.Bytes;
            }
        }
    }

    public void Add(T item)
    {
        TaskCompletionSource arrived;
        lock (_lock)
        {
            _all.Add(item);
            _untaken.Add(item);
            (arrived, _arrival) = (_arrival, NewArrival());
        }

        arrived.SetResult();
    }

    /// <exception cref="TimeoutException">No match arrived in time.</exception>
    public async Task<T> TakeAsync(Func<T, bool> matches, TimeSpan timeout, string timeoutMessage, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        while (true)
        {
            if (Take(matches, out var arrival) is { } item)
            {
                return item;
            }

            try
            {
                await arrival.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException(timeoutMessage);
            }
        }
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? Take(Func<T, bool> matches, out Task arrival)
    {
        lock (_lock)
        {
            arrival = _arrival.Task;
            return _untaken.Take(matches);
        }
    }
}
