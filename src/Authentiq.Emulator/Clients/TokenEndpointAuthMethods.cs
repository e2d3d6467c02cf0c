namespace Authentiq.Emulator;

/// <summary>The values of <see cref="EmulatorClient.TokenEndpointAuthMethod"/>.</summary>
public static class TokenEndpointAuthMethods
{
    /// <summary>The credentials in the <c>Authorization</c> header, form-urlencoded (RFC 6749 §2.3.1).</summary>
    public const string ClientSecretBasic = "client_secret_basic";

    /// <summary>The credentials in the form.</summary>
    public const string ClientSecretPost = "client_secret_post";

    /// <summary>No credentials: a public client, which has no secret and must use PKCE (RFC 8252 §8.1).</summary>
    public const string None = "none";

    internal static readonly string[] All = [ClientSecretBasic, ClientSecretPost, None];
}
