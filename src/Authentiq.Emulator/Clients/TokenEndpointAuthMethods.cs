namespace Authentiq.Emulator;

/// <summary>The values of <see cref="EmulatorClient.TokenEndpointAuthMethod"/>.</summary>
public static class TokenEndpointAuthMethods
{
    /// <summary>The credentials in the <c>Authorization</c> header, form-urlencoded (RFC 6749 §2.3.1).</summary>
    public const string ClientSecretBasic = "client_secret_basic";

    /// <summary>The credentials in the form.</summary>
    public const string ClientSecretPost = "client_secret_post";

    internal static readonly string[] All = [ClientSecretBasic, ClientSecretPost];
}
