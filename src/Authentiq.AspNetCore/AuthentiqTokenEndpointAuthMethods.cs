namespace Authentiq.AspNetCore;

/// <summary>How the application proves who it is at the token endpoint, in the words of the registration (OpenID Connect Core 1.0 §9).</summary>
public static class AuthentiqTokenEndpointAuthMethods
{
    /// <summary>Client id and secret in an <c>Authorization: Basic</c> header (RFC 6749 §2.3.1). The provider's default.</summary>
    public const string ClientSecretBasic = "client_secret_basic";

    /// <summary>Client id and secret in the body of the request.</summary>
    public const string ClientSecretPost = "client_secret_post";
}
