namespace Authentiq.Emulator;

/// <summary>A bounded list in order of arrival, from which each item can be taken once, also before it has arrived.</summary>
internal sealed class Mailbox<T>(int capacity)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly LinkedList<T> _all = new();
    private readonly LinkedList<T> _untaken = new();
    private TaskCompletionSource _arrival = NewArrival();

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    public void Add(T item)
    {
        TaskCompletionSource arrived;
        lock (_lock)
        {
            AddBounded(_all, item);
            AddBounded(_untaken, item);
            (arrived, _arrival) = (_arrival, NewArrival());
        }

        arrived.SetResult();
    }

    /// <exception cref="TimeoutException">Nothing that fits arrived in time.</exception>
    public async Task<T> TakeAsync(Func<T, bool> fits, TimeSpan timeout, string nothing, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        while (true)
        {
            if (Take(fits, out var arrival) is { } item)
            {
                return item;
            }

            try
            {
                await arrival.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException(nothing);
            }
        }
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? Take(Func<T, bool> fits, out Task arrival)
    {
        lock (_lock)
        {
            arrival = _arrival.Task;
            var item = _untaken.FirstOrDefault(fits);
            if (item is not null)
            {
                _untaken.Remove(item);
            }

            return item;
        }
    }

    private void AddBounded(LinkedList<T> list, T item)
    {
        if (list.Count == capacity)
        {
            list.RemoveFirst();
        }

        list.AddLast(item);
    }
}
