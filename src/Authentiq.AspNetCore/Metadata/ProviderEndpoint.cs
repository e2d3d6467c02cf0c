namespace Authentiq.AspNetCore;

/// <summary>An address of the provider that we call.</summary>
/// <param name="Name">What metrics and activities call it.</param>
/// <param name="Description">What messages call it.</param>
internal sealed record ProviderEndpoint(string Name, string Description)
{
    public static readonly ProviderEndpoint Token = new("token", "token endpoint");
    public static readonly ProviderEndpoint UserInfo = new("userinfo", "userinfo endpoint");
    public static readonly ProviderEndpoint PushedAuthorization = new("pushed_authorization", "pushed authorization request endpoint");
    public static readonly ProviderEndpoint Discovery = new("discovery", "discovery document");
    public static readonly ProviderEndpoint Keys = new("keys", "key set");
}
