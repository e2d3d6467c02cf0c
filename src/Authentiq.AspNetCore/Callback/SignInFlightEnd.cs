namespace Authentiq.AspNetCore;

/// <summary>What becomes of a <see cref="SignInFlight"/> when a callback leaves it.</summary>
internal enum SignInFlightEnd
{
    /// <summary>Other callbacks are still running.</summary>
    Continues,

    /// <summary>The last callback has been served.</summary>
    Over,

    /// <summary>The last callback lost its browser before it was served: the second of two clicks may follow.</summary>
    Abandoned,
}
