using System.Collections.Concurrent;

namespace Authentiq.Emulator;

/// <summary>A queue of edits to valid responses.</summary>
internal sealed class ResponseEdits<T>
{
    private readonly ConcurrentQueue<Action<T>> _queue = new();

    public void Add(Action<T> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        _queue.Enqueue(edit);
    }

    public Action<T>? Take() => _queue.TryDequeue(out var edit) ? edit : null;

    public void Clear() => _queue.Clear();
}
