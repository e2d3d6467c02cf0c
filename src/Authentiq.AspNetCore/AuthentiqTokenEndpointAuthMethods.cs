namespace Authentiq.AspNetCore;

/// <summary>Client authentication methods at the token endpoint, with the names that the registration uses (OpenID Connect Core 1.0 §9).</summary>
public static class AuthentiqTokenEndpointAuthMethods
{
    /// <summary>Client id and secret in an <c>Authorization: Basic</c> header (RFC 6749 §2.3.1). The provider's default.</summary>
    public const string ClientSecretBasic = "client_secret_basic";

    /// <summary>Client id and secret in the request body.</summary>
    public const string ClientSecretPost = "client_secret_post";
}
