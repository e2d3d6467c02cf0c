using System.Collections;
using System.Collections.Concurrent;

namespace Authentiq.Emulator;

/// <summary>The registered clients, by client id.</summary>
public sealed class EmulatorClients : IReadOnlyCollection<EmulatorClient>
{
    private readonly ConcurrentDictionary<string, EmulatorClient> _clients = new(StringComparer.Ordinal);

    internal EmulatorClients()
    {
    }

    /// <inheritdoc/>
    public int Count => _clients.Count;

    /// <summary>The client with this id.</summary>
    /// <param name="clientId">The client id.</param>
    /// <exception cref="KeyNotFoundException">No such client is registered.</exception>
    public EmulatorClient this[string clientId] => Find(clientId)
        ?? throw new KeyNotFoundException($"No client {clientId} is registered. Registered clients: {string.Join(", ", _clients.Keys)}.");

    /// <summary>Registers a client, or replaces the one with the same id.</summary>
    /// <param name="configure">Configures the client. An id and a secret are required; a public client has no secret.</param>
    /// <returns>The client. Its registration can still be changed.</returns>
    /// <exception cref="ArgumentException">The registration is not valid.</exception>
    public EmulatorClient Register(Action<EmulatorClient> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var client = new EmulatorClient();
        configure(client);
        client.Validate();
        client.IsRegistered = true;
        return _clients[client.ClientId] = client;
    }

    /// <summary>Removes a client.</summary>
    /// <param name="clientId">The client id.</param>
    /// <returns>Whether the client was registered.</returns>
    public bool Remove(string clientId) => _clients.TryRemove(clientId, out _);

    /// <inheritdoc/>
    public IEnumerator<EmulatorClient> GetEnumerator() =>
        _clients.Values.OrderBy(client => client.Name, StringComparer.Ordinal).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal EmulatorClient? Find(string? clientId) =>
        clientId is not null && _clients.TryGetValue(clientId, out var client) ? client : null;
}
