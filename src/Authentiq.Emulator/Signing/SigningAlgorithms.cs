namespace Authentiq.Emulator;

/// <summary>The values of <see cref="EmulatorClient.IdTokenSignedResponseAlg"/> and <see cref="EmulatorClient.UserInfoSignedResponseAlg"/>.</summary>
public static class SigningAlgorithms
{
    /// <summary>HMAC keyed with the client secret.</summary>
    public const string HS256 = "HS256";

    /// <summary>RSA, PKCS #1 v1.5.</summary>
    public const string RS256 = "RS256";

    /// <summary>RSA, PSS.</summary>
    public const string PS256 = "PS256";

    /// <summary>ECDSA on P-256.</summary>
    public const string ES256 = "ES256";

    /// <summary>Not signed; only for ID tokens of the token endpoint.</summary>
    public const string None = "none";

    internal static readonly string[] Signed = [RS256, ES256, HS256, PS256];

    internal static readonly string[] All = [.. Signed, None];
}
