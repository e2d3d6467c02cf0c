using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Where Authentiq Connect keeps its endpoints, known without asking.</summary>
internal static class BuiltInMetadata
{
    /// <summary>Whether an authority is the hosted provider, whose endpoints are known.</summary>
    public static bool IsHosted(string? authority) => authority?.WithSlash() == AuthentiqDefaults.Authority;

    /// <summary>Authentiq's paths under an authority. The issuer is the authority with its slash.</summary>
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

    /// <summary>Where a client asks whether the session has changed (OIDC Session Management 1.0 §3.3).</summary>
    public static string SessionFrame(string authority, string clientId) => authority.WithSlash() + Uri.EscapeDataString(clientId) + "/iframe";

    public static string DiscoveryAddress(string authority) => authority.WithSlash() + ".well-known/openid-configuration";
}
