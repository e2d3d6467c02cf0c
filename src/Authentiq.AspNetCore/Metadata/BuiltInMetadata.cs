using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>The endpoints of Authentiq Connect, which are known without discovery.</summary>
internal static class BuiltInMetadata
{
    /// <summary>Whether an authority is the hosted provider.</summary>
    public static bool IsHosted(string? authority) => authority?.WithSlash() == AuthentiqDefaults.Authority;

    /// <summary>The metadata of an authority with the paths of Authentiq. The issuer is the authority with a trailing slash.</summary>
    public static OpenIdConnectConfiguration For(string authority)
    {
        var root = authority.WithSlash();
        return new OpenIdConnectConfiguration
        {
            Issuer = root,
            AuthorizationEndpoint = root + "authorize",
            TokenEndpoint = root + "token",
            UserInfoEndpoint = root + "userinfo",
            JwksUri = root + "public-keys",
        };
    }

    /// <summary>The address of the provider's frame that reports changes of the session (OIDC Session Management 1.0 §3.3).</summary>
    public static string SessionFrame(string authority, string clientId) => authority.WithSlash() + Uri.EscapeDataString(clientId) + "/iframe";

    public static string DiscoveryAddress(string authority) => authority.WithSlash() + ".well-known/openid-configuration";
}
