namespace Authentiq.AspNetCore;

/// <summary>An endpoint of the provider that the application calls.</summary>
/// <param name="Name">The name in metrics and activities.</param>
/// <param name="Description">The name in messages.</param>
internal sealed record ProviderEndpoint(string Name, string Description)
{
    public static readonly ProviderEndpoint Token = new("token", "token endpoint");
    public static readonly ProviderEndpoint UserInfo = new("userinfo", "userinfo endpoint");
    public static readonly ProviderEndpoint PushedAuthorization = new("pushed_authorization", "pushed authorization request endpoint");
    public static readonly ProviderEndpoint Discovery = new("discovery", "discovery document");
    public static readonly ProviderEndpoint Keys = new("keys", "key set");
}
