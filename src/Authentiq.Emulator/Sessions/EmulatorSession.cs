using System.Collections.Concurrent;

namespace Authentiq.Emulator;

/// <summary>The session of a user at the provider, in one browser.</summary>
public sealed class EmulatorSession
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _grantedByClient = new(StringComparer.Ordinal);

    internal EmulatorSession(Persona persona, DateTimeOffset authTime)
    {
        Persona = persona;
        AuthTime = authTime;
    }

    /// <summary>The <c>sid</c> of the tokens of this session.</summary>
    public string SessionId { get; } = RandomKey.Create(16);

    /// <summary>The user.</summary>
    public Persona Persona { get; }

    /// <summary>When the user last approved a sign-in on the phone.</summary>
    public DateTimeOffset AuthTime { get; private set; }

    /// <summary>The clients that the user signed in to with this session.</summary>
    public IReadOnlyCollection<string> ClientIds => [.. _grantedByClient.Keys];

    /// <summary>Whether the session has ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>The id of the session on the phone page. A page or an address never contains the sid.</summary>
    internal string PhoneId { get; } = RandomKey.Create(16);

    /// <summary>The value of the session cookie. It differs from the sid, which every client knows.</summary>
    internal string Key { get; } = RandomKey.Create();

    internal void Renew(DateTimeOffset authTime) => AuthTime = authTime;

    internal void Grant(string clientId, IReadOnlyList<string> scopes) => _grantedByClient[clientId] = scopes;

    internal IReadOnlyList<string>? GrantedTo(string clientId) => _grantedByClient.GetValueOrDefault(clientId);

    internal void End() => IsEnded = true;
}
