namespace Authentiq.Emulator;

/// <summary>One wrong answer.</summary>
internal sealed record EndpointFault
{
    public TimeSpan Delay { get; init; }

    /// <summary>What to answer instead of the truth; null for the truth.</summary>
    public string? Body { get; init; }

    public int Status { get; init; }

    public string? ContentType { get; init; }

    public bool IsTruncated { get; init; }

    public bool IsAborted { get; init; }
}
