namespace Authentiq.AspNetCore;

/// <summary>The state of what is known of a provider.</summary>
/// <param name="HasBuiltIn">Whether the endpoints are known without a discovery document.</param>
/// <param name="Discovery">The discovery document; <see langword="null"/> when it is not used.</param>
/// <param name="Keys">The key set.</param>
/// <param name="RefreshAfter">The age after which a document is fetched again.</param>
internal sealed record MetadataState(bool HasBuiltIn, DocumentState? Discovery, DocumentState Keys, TimeSpan RefreshAfter)
{
    /// <summary>Whether a document should have been replaced by a newer one, which could not be fetched.</summary>
    public bool IsOutdated(DocumentState document) => document is { Age: { } age, Failure: not null } && age >= RefreshAfter;
}
