namespace Authentiq.AspNetCore;

/// <summary>The state of a document of the provider.</summary>
internal sealed record DocumentState
{
    /// <summary>The time since the document was fetched; <see langword="null"/> when it has never been fetched.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Why the last fetch failed; <see langword="null"/> when it succeeded.</summary>
    public Exception? Failure { get; init; }

    /// <summary>The time since the last fetch failed; <see langword="null"/> when it succeeded.</summary>
    public TimeSpan? FailureAge { get; init; }
}
