namespace Authentiq.Emulator;

/// <summary>The limits of a request, on a port and in memory. Any page in a browser on this machine can send requests to the emulator.</summary>
internal static class RequestLimits
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>The longest address, and the longest authorization request, in characters.</summary>
    public const int MaxAddress = 16 * 1024;
}
