using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Adds PKCE (RFC 7636) to hybrid flows. The base handler adds it for the response type <c>code</c> only.</summary>
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
