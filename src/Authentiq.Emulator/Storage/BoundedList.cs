namespace Authentiq.Emulator;

/// <summary>Items in order of arrival, limited in number and in size. The oldest item is removed first. Not thread-safe.</summary>
internal sealed class BoundedList<T>(int capacity, Func<T, int> sizeOf)
    where T : class
{
    /// <summary>The maximum size of a list, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private readonly LinkedList<(T Item, int Size)> _items = new();

    public int Count => _items.Count;

    public int Bytes { get; private set; }

    public IEnumerable<T> Items => _items.Select(entry => entry.Item);

    public T? Oldest => _items.First?.Value.Item;

    /// <param name="item">The item.</param>
    /// <param name="removed">Called for each removed item.</param>
    /// <returns>The node, which <see cref="Remove"/> takes.</returns>
    public LinkedListNode<(T Item, int Size)> Add(T item, Action<T>? removed = null)
    {
        var size = sizeOf(item);
        while (_items.First is { } oldest && (_items.Count >= capacity || Bytes + size > MaxBytes))
        {
            Remove(oldest);
            removed?.Invoke(oldest.Value.Item);
        }

        Bytes += size;
        return _items.AddLast((item, size));
    }

    public void Remove(LinkedListNode<(T Item, int Size)> node)
    {
        _items.Remove(node);
        Bytes -= node.Value.Size;
    }

    /// <returns>The first match, which is removed; null if there is none.</returns>
    public T? Take(Func<T, bool> matches)
    {
        for (var node = _items.First; node is not null; node = node.Next)
        {
            if (matches(node.Value.Item))
            {
                Remove(node);
                return node.Value.Item;
            }
        }

        return null;
    }
}
