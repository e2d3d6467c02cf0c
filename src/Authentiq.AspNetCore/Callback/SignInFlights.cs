using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// The sign-ins of the last <see cref="MaxAge"/>. The work for a callback does not depend on how many there are, and each is removed by its own timer. At most <see cref="Capacity"/> are shared: beyond that
/// each callback is on its own, so that of two with the same response only the first signs in.
/// </summary>
internal sealed class SignInFlights(TimeProvider clock)
{
    /// <summary>How long a flight can be joined: the time between two clicks, and the wait for the provider in it.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    /// <summary>The maximum number of shared flights.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, SignInFlight> _flights = new(StringComparer.Ordinal);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Joins the callbacks of the same attempt that carry the same response, or begins a flight.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="attempt">The attempt that the state names.</param>
    /// <param name="response">The authorization response.</param>
    /// <param name="arrivedAt">When this callback arrived.</param>
    public SignInFlight Join(string scheme, string attempt, OpenIdConnectMessage response, DateTimeOffset arrivedAt)
    {
        var key = KeyOf(scheme, attempt, response);
        if (_flights.TryGetValue(key, out var flight))
        {
            return flight.Join();
        }

        var mine = new SignInFlight(arrivedAt);
        if (Count >= Capacity)
        {
            return mine.Join();
        }

        flight = _flights.GetOrAdd(key, mine);
        if (ReferenceEquals(flight, mine))
        {
            Interlocked.Increment(ref _count);
            _ = RemoveLaterAsync(key, mine);
        }

        return flight.Join();
    }

    private async Task RemoveLaterAsync(string key, SignInFlight flight)
    {
        await Task.Delay(MaxAge, clock);
        if (_flights.TryRemove(KeyValuePair.Create(key, flight)))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    // The response names the user, by a code or an ID token: callbacks that carry another one share nothing.
    private static string KeyOf(string scheme, string attempt, OpenIdConnectMessage response) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', new[] { scheme, attempt, response.Code, response.IdToken, response.AccessToken }.Select(part => $"{part?.Length ?? -1}:{part}")))));
}
