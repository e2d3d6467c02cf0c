using System.Collections.Concurrent;

namespace Authentiq.Emulator;

/// <summary>A person who is signed in at the provider, in one browser.</summary>
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

    /// <summary>Who is signed in.</summary>
    public Persona Persona { get; }

    /// <summary>When the person last approved on the phone.</summary>
    public DateTimeOffset AuthTime { get; private set; }

    /// <summary>The clients the person signed in to with this session.</summary>
    public IReadOnlyCollection<string> ClientIds => [.. _grantedByClient.Keys];

    /// <summary>Whether the session was ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>What the phone's page calls it. A page or an address never shows the sid.</summary>
    internal string PhoneId { get; } = RandomKey.Create(16);

    /// <summary>What the browser's cookie holds. Not the sid: every client knows that one.</summary>
    internal string Key { get; } = RandomKey.Create();

    internal void Renew(DateTimeOffset authTime) => AuthTime = authTime;

    internal void Grant(string clientId, IReadOnlyList<string> scopes) => _grantedByClient[clientId] = scopes;

    internal IReadOnlyList<string>? GrantedTo(string clientId) => _grantedByClient.GetValueOrDefault(clientId);

    internal void End() => IsEnded = true;
}
