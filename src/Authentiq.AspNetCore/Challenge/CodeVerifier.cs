using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Binds the code to this sign-in (RFC 7636) where the base handler does not: it does so for the response type <c>code</c> only, and a hybrid flow has a code too.</summary>
internal static class CodeVerifier
{
    public static void AddTo(OpenIdConnectMessage request, AuthenticationProperties properties)
    {
        if (!request.ResponseType.SplitAtSpaces().Contains("code") || request.Parameters.ContainsKey(OAuthConstants.CodeChallengeKey))
        {
            return;
        }

        var verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        properties.Items[OAuthConstants.CodeVerifierKey] = verifier;
        request.Parameters[OAuthConstants.CodeChallengeKey] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        request.Parameters[OAuthConstants.CodeChallengeMethodKey] = OAuthConstants.CodeChallengeMethodS256;
    }
}
