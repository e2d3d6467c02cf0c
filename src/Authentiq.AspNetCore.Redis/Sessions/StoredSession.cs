using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>The format of a session in Redis: a hash without fields for missing values. The field <c>v</c> is the version of the format.</summary>
internal static class StoredSession
{
    public const string LastSeenAt = "seen";

    /// <summary>The format version that is read and written. It is incremented when the meaning of a field changes.</summary>
    public const int Version = 1;

    /// <summary>The value of <c>expires</c>, and then the names and values of the other fields.</summary>
    public static IEnumerable<RedisValue> Write(AuthentiqSession session)
    {
        (string Name, RedisValue Value)[] fields =
        [
            ("v", Version),
            ("sub", session.SubjectKey),
            ("sid", session.SessionIdKey),
            ("issued", session.IssuedAt is { } issuedAt ? RedisTime.Write(issuedAt) : RedisValue.Null),
            ("began", RedisTime.WriteTicks(session.CreatedAt)),
            (LastSeenAt, RedisTime.Write(session.LastSeenAt)),
            ("revision", session.Revision),
            ("device", session.Device),
            ("address", session.Address),
            ("ticket", session.Ticket),
        ];
        return [RedisTime.Write(session.ExpiresAt), .. fields.Where(field => !field.Value.IsNull).SelectMany(field => (RedisValue[])[field.Name, field.Value])];
    }

    /// <summary>Reads a hash.</summary>
    /// <returns>Whether it is a session in the format of this version.</returns>
    public static bool TryRead(string key, HashEntry[] entries, [NotNullWhen(true)] out AuthentiqSession? session)
    {
        session = null;
        var fields = new Dictionary<string, RedisValue>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            // Binary names can be equal as text.
            fields[entry.Name.ToString()] = entry.Value;
        }

        if (Value("v") != Version
            || !RedisTime.TryReadTicks(Value("began"), out var createdAt)
            || !RedisTime.TryRead(Value(LastSeenAt), out var lastSeenAt)
            || !RedisTime.TryRead(Value("expires"), out var expiresAt)
            || !int.TryParse(Text("revision"), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            || (byte[]?)Value("ticket") is not { } ticket)
        {
            return false;
        }

        var issued = Value("issued");
        var isIssued = RedisTime.TryRead(issued, out var issuedAt);
        if (!isIssued && !issued.IsNull)
        {
            return false;
        }

        session = new()
        {
            Key = key,
            SubjectKey = Text("sub"),
            SessionIdKey = Text("sid"),
            IssuedAt = isIssued ? issuedAt : null,
            CreatedAt = createdAt,
            LastSeenAt = lastSeenAt,
            ExpiresAt = expiresAt,
            Revision = revision,
            Device = Text("device"),
            Address = Text("address"),
            Ticket = ticket,
        };
        return true;

        RedisValue Value(string name) => fields.GetValueOrDefault(name);

        string? Text(string name) => fields.TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
