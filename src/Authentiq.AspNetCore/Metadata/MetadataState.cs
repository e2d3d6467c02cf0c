namespace Authentiq.AspNetCore;

/// <summary>The state of the metadata of a provider.</summary>
/// <param name="HasBuiltIn">Whether the endpoints are known without a discovery document.</param>
/// <param name="Discovery">The discovery document; <see langword="null"/> when it is not used.</param>
/// <param name="Keys">The key set.</param>
/// <param name="RefreshAfter">The age after which a document is fetched again.</param>
internal sealed record MetadataState(bool HasBuiltIn, DocumentState? Discovery, DocumentState Keys, TimeSpan RefreshAfter)
{
    /// <summary>Whether a document is older than <see cref="RefreshAfter"/> and the last fetch failed.</summary>
    public bool IsOutdated(DocumentState document) => document is { Age: { } age, Failure: not null } && age >= RefreshAfter;
}
