using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// The sign-ins whose callbacks are running. Work and memory depend on those only, and not on how many sign-ins there were. A flight that is older than <see cref="MaxAge"/> is not joined any more, and at
/// most <see cref="Capacity"/> are shared at once: beyond that each callback is on its own, so that of two concurrent ones only the first signs in.
/// </summary>
internal sealed class SignInFlights(TimeProvider clock)
{
    /// <summary>How long a flight can be joined: the time between two clicks and the wait for the provider in it.</summary>
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
        while (_flights.TryGetValue(key, out var running))
        {
            if (arrivedAt - running.BeganAt > MaxAge)
            {
                return new(key, arrivedAt);
            }

            if (running.TryJoin())
            {
                return running;
            }

            Remove(running);
        }

        var mine = new SignInFlight(key, arrivedAt);
        if (Count >= Capacity)
        {
            return mine;
        }

        if (!_flights.TryAdd(key, mine))
        {
            return Join(scheme, attempt, response, arrivedAt);
        }

        Interlocked.Increment(ref _count);
        return mine;
    }

    /// <summary>Leaves a flight. Whoever has joined one does so.</summary>
    /// <param name="flight">The flight.</param>
    /// <param name="isServed">Whether the browser still waits for the response of this callback.</param>
    public void Leave(SignInFlight flight, bool isServed)
    {
        switch (flight.Leave(isServed))
        {
            case SignInFlightEnd.Over:
                Remove(flight);
                break;
            case SignInFlightEnd.Abandoned:
                _ = RemoveLaterAsync(flight);
                break;
        }
    }

    private async Task RemoveLaterAsync(SignInFlight flight)
    {
        await Task.Delay(MaxAge, clock);
        if (flight.TryEnd())
        {
            Remove(flight);
        }
    }

    private void Remove(SignInFlight flight)
    {
        if (_flights.TryRemove(KeyValuePair.Create(flight.Key, flight)))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    // The response names the user, by a code or an ID token: callbacks that carry another one share nothing.
    private static string KeyOf(string scheme, string attempt, OpenIdConnectMessage response) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', new[] { scheme, attempt, response.Code, response.IdToken, response.AccessToken }.Select(part => $"{part?.Length ?? -1}:{part}")))));
}
