using System.Runtime.InteropServices;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// The sign-ins of the last <see cref="MaxAge"/>. The work for a callback does not depend on their number. At most <see cref="Capacity"/> are shared. Beyond that, callbacks share nothing: of two with
/// the same response, only the first signs the user in.
/// </summary>
internal sealed class SignInFlights : IDisposable
{
    /// <summary>How long a flight can be joined. It covers the time between two clicks and the duration of a request to the provider.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    /// <summary>The maximum number of shared flights.</summary>
    public const int Capacity = 2_000;

    // Each sign-in removes expired flights. The timer removes the last ones, which contain tokens.
    private static readonly TimeSpan MinTimerInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Digest, SignInFlight> _flights = [];
    private readonly Queue<(Digest Key, DateTimeOffset ExpiresAt)> _byAge = new();
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    public SignInFlights(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(static flights => ((SignInFlights)flights!).RemoveExpired(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _flights.Count;
            }
        }
    }

    /// <summary>Joins the flight of the callbacks with the same attempt and response, or creates one.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="attempt">The attempt that the state names.</param>
    /// <param name="response">The authorization response.</param>
    /// <param name="arrivedAt">When this callback was received.</param>
    public SignInFlight Join(string scheme, string attempt, OpenIdConnectMessage response, DateTimeOffset arrivedAt)
    {
        // The response identifies the user, by a code or an ID token: callbacks with different responses share nothing.
        var key = Digest.Of(scheme, attempt, response.Code, response.IdToken, response.AccessToken);
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            RemoveExpired(now);
            if (_flights.Count >= Capacity)
            {
                return (_flights.GetValueOrDefault(key) ?? new(arrivedAt)).Join();
            }

            ref var flight = ref CollectionsMarshal.GetValueRefOrAddDefault(_flights, key, out var isKnown);
            if (!isKnown)
            {
                flight = new(arrivedAt);
                _byAge.Enqueue((key, now + MaxAge));
                if (_byAge.Count == 1)
                {
                    StartTimer(MaxAge);
                }
            }

            return flight!.Join();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void RemoveExpired()
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            RemoveExpired(now);
            if (_byAge.TryPeek(out var oldest))
            {
                StartTimer(oldest.ExpiresAt - now);
            }
        }
    }

    private void RemoveExpired(DateTimeOffset now)
    {
        while (_byAge.TryPeek(out var oldest) && oldest.ExpiresAt <= now)
        {
            _flights.Remove(_byAge.Dequeue().Key);
        }
    }

    private void StartTimer(TimeSpan dueTime) => _timer.Change(dueTime < MinTimerInterval ? MinTimerInterval : dueTime, Timeout.InfiniteTimeSpan);
}
