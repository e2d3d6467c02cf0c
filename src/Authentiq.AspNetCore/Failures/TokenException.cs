using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>The reason why a token is invalid, with a message that can be logged.</summary>
/// <param name="reason">The text for the log. It does not quote the token.</param>
internal sealed class TokenException(string reason) : SecurityTokenException(reason)
{
    public static TokenException Unsigned() => new(
        "The provider sent an unsigned token. Choose a signature algorithm for this client at the provider (id_token_signed_response_alg), "
        + "or add 'none' to IdTokenSignedResponseAlg to accept unsigned ID tokens from the token endpoint only.");

    public static TokenException ShortSecret() => new(
        "The token is signed with HS256, and ClientSecret is shorter than the 256 bits that HS256 requires. Request a longer secret from the provider, or set AllowShortClientSecrets.");

    /// <summary>RFC 7515 §4.1.11.</summary>
    public static TokenException CriticalHeader() => new("The header of the token requires extensions (crit), and none is supported.");
}
