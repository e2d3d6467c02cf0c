namespace Authentiq.AspNetCore;

/// <summary>The authentication schemes that <c>AddAuthentiq</c> has added, in the order of the calls.</summary>
internal sealed class ProviderSchemes
{
    public IList<string> Names { get; } = [];
}
