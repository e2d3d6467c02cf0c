using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>A token came without a signature where there must be one.</summary>
internal sealed class UnsignedTokenException() : SecurityTokenInvalidSignatureException(
    "The provider sent an unsigned token. Choose a signature algorithm for this client at the provider (id_token_signed_response_alg), "
    + "or add 'none' to IdTokenSignedResponseAlg to accept unsigned ID tokens from the token endpoint, and only from there.");
