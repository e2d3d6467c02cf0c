using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Authentiq.AspNetCore;

/// <summary>A dictionary that starts with the entries of a shared one. The first change copies them, so that the shared one never changes.</summary>
/// <param name="shared">The shared entries.</param>
internal sealed class CopyOnWriteDictionary<TValue>(Dictionary<string, TValue> shared) : IDictionary<string, TValue>
{
    private Dictionary<string, TValue> _entries = shared;
    private bool _isOwn;

    public int Count => _entries.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => _entries.Keys;

    public ICollection<TValue> Values => _entries.Values;

    public TValue this[string key]
    {
        get => _entries[key];
        set => Own()[key] = value;
    }

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value) => _entries.TryGetValue(key, out value);

    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    public bool Contains(KeyValuePair<string, TValue> item) => ((ICollection<KeyValuePair<string, TValue>>)_entries).Contains(item);

    public void CopyTo(KeyValuePair<string, TValue>[] array, int arrayIndex) => ((ICollection<KeyValuePair<string, TValue>>)_entries).CopyTo(array, arrayIndex);

    public void Add(string key, TValue value) => Own().Add(key, value);

    public void Add(KeyValuePair<string, TValue> item) => Own().Add(item.Key, item.Value);

    public bool Remove(string key) => _entries.ContainsKey(key) && Own().Remove(key);

    public bool Remove(KeyValuePair<string, TValue> item) => Contains(item) && Own().Remove(item.Key);

    public void Clear() => Own().Clear();

    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<string, TValue> Own()
    {
        if (!_isOwn)
        {
            _entries = new(_entries, _entries.Comparer);
            _isOwn = true;
        }

        return _entries;
    }
}
