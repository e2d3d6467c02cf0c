using System.Runtime.InteropServices;

namespace Authentiq.AspNetCore;

/// <summary>The sessions under a name, such as those of a user. Most names have one session, which is stored without a set. Not thread-safe.</summary>
internal sealed class SessionIndex
{
    private readonly Dictionary<string, object> _members = new(StringComparer.Ordinal);

    public int Count => _members.Count;

    public void Add(string? name, LinkedListNode<AuthentiqSession> session)
    {
        if (name is null)
        {
            return;
        }

        ref var members = ref CollectionsMarshal.GetValueRefOrAddDefault(_members, name, out _);
        switch (members)
        {
            case null:
                members = session;
                break;
            case HashSet<LinkedListNode<AuthentiqSession>> several:
                several.Add(session);
                break;
            default:
                members = new HashSet<LinkedListNode<AuthentiqSession>> { (LinkedListNode<AuthentiqSession>)members, session };
                break;
        }
    }

    public void Remove(string? name, LinkedListNode<AuthentiqSession> session)
    {
        if (name is null || !_members.TryGetValue(name, out var members))
        {
            return;
        }

        if (members is not HashSet<LinkedListNode<AuthentiqSession>> several || (several.Remove(session) && several.Count == 0))
        {
            _members.Remove(name);
        }
    }

    /// <summary>Returns an expired session, or else the one that was seen longest ago, when a name has as many sessions as it may. The time is proportional to the maximum.</summary>
    public LinkedListNode<AuthentiqSession>? FindOldest(string? name, int maximum, DateTimeOffset now) => (name is null ? null : _members.GetValueOrDefault(name)) switch
    {
        LinkedListNode<AuthentiqSession> one when maximum <= 1 => one,
        HashSet<LinkedListNode<AuthentiqSession>> several when several.Count >= maximum => several.MinBy(session => session.Value.ExpiresAt <= now ? DateTimeOffset.MinValue : session.Value.LastSeenAt),
        _ => null,
    };

    public IReadOnlyList<AuthentiqSession> Find(string name) => _members.GetValueOrDefault(name) switch
    {
        null => [],
        HashSet<LinkedListNode<AuthentiqSession>> several => [.. several.Select(session => session.Value)],
        var one => [((LinkedListNode<AuthentiqSession>)one).Value],
    };
}
