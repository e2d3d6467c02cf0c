namespace Authentiq.Emulator;

/// <summary>One incorrect response.</summary>
internal sealed record EndpointFault
{
    public TimeSpan Delay { get; init; }

    /// <summary>The body that replaces the valid one; null to keep it.</summary>
    public string? Body { get; init; }

    public int Status { get; init; }

    public string? ContentType { get; init; }

    public bool IsTruncated { get; init; }

    public bool IsAborted { get; init; }
}
