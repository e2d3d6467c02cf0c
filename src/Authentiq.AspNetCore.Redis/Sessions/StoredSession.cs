using System.Globalization;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>A session as Redis holds it: a hash, in which what a session does not have is not there.</summary>
internal static class StoredSession
{
    public const string SeenAt = "seen";

    /// <summary>The value of <c>expires</c>, and then name and value of everything else.</summary>
    public static IEnumerable<RedisValue> Write(AuthentiqSession session)
    {
        (string Name, RedisValue Value)[] fields =
        [
            ("sub", session.SubjectKey),
            ("sid", session.SessionIdKey),
            ("issued", session.IssuedAt is { } issuedAt ? RedisTime.Write(issuedAt) : RedisValue.Null),
            ("began", RedisTime.WriteTicks(session.BeganAt)),
            (SeenAt, RedisTime.Write(session.SeenAt)),
            ("revision", session.Revision),
            ("device", session.Device),
            ("address", session.Address),
            ("ticket", session.Ticket),
        ];
        return [RedisTime.Write(session.ExpiresAt), .. fields.Where(field => !field.Value.IsNull).SelectMany(field => (RedisValue[])[field.Name, field.Value])];
    }

    public static AuthentiqSession? Read(string key, HashEntry[] entries)
    {
        if (entries.Length == 0)
        {
            return null;
        }

        var fields = entries.ToDictionary(entry => entry.Name.ToString(), entry => entry.Value, StringComparer.Ordinal);
        return new()
        {
            Key = key,
            SubjectKey = Text("sub"),
            SessionIdKey = Text("sid"),
            IssuedAt = fields.TryGetValue("issued", out var issuedAt) ? RedisTime.Read(issuedAt) : null,
            BeganAt = RedisTime.ReadTicks(fields["began"]),
            SeenAt = RedisTime.Read(fields[SeenAt]),
            ExpiresAt = RedisTime.Read(fields["expires"]),
            Revision = int.Parse(fields["revision"].ToString(), CultureInfo.InvariantCulture),
            Device = Text("device"),
            Address = Text("address"),
            Ticket = (byte[])fields["ticket"]!,
        };

        string? Text(string name) => fields.TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
