using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>An HS256 signature cannot be checked with the client secret there is.</summary>
internal sealed class ShortSecretException() : SecurityTokenSignatureKeyNotFoundException(
    "The token is signed with HS256, and ClientSecret is shorter than the 256 bits that HS256 needs. Ask the provider for a longer secret, or set AllowShortClientSecrets.");
