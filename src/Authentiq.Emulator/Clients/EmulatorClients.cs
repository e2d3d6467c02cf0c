using System.Collections;
using System.Collections.Concurrent;

namespace Authentiq.Emulator;

/// <summary>The applications the emulator knows, by client id.</summary>
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
        ?? throw new KeyNotFoundException($"No client {clientId} is registered; known are {string.Join(", ", _clients.Keys)}.");

    /// <summary>Registers a client, or replaces the one with the same id.</summary>
    /// <param name="configure">Fills in the registration; an id and a secret are required.</param>
    /// <returns>The client, whose registration can still be changed.</returns>
    /// <exception cref="ArgumentException">The registration is not one the provider would accept.</exception>
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
    /// <returns>Whether it was registered.</returns>
    public bool Remove(string clientId) => _clients.TryRemove(clientId, out _);

    /// <inheritdoc/>
    public IEnumerator<EmulatorClient> GetEnumerator() =>
        _clients.Values.OrderBy(client => client.Name, StringComparer.Ordinal).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal EmulatorClient? Find(string? clientId) =>
        clientId is not null && _clients.TryGetValue(clientId, out var client) ? client : null;
}
