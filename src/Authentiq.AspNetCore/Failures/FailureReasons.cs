using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Says in our own words what an exception of the token library means. Its messages may quote tokens, so they go nowhere.</summary>
internal static class FailureReasons
{
    public static string Of(Exception? exception) => exception switch
    {
        TokenException => exception.Message,
        SecurityTokenExpiredException => "it has expired",
        SecurityTokenNotYetValidException => "it is not valid yet, or was issued in the future: compare the clocks",
        SecurityTokenNoExpirationException => "it does not say when it expires",
        SecurityTokenInvalidIssuerException => "its issuer is another one than the provider's metadata names",
        SecurityTokenInvalidAudienceException => "it is meant for another client",
        SecurityTokenInvalidAlgorithmException => "its signature algorithm is not accepted: see IdTokenSignedResponseAlg",
        SecurityTokenSignatureKeyNotFoundException => "it is signed with a key that the provider does not publish",
        SecurityTokenInvalidSignatureException => "its signature is wrong",
        SecurityTokenMalformedException => "it is not a signed JWT",
        OpenIdConnectProtocolInvalidNonceException => "its nonce is not that of this sign-in",
        OpenIdConnectProtocolInvalidAtHashException => "it does not belong to the access token (at_hash)",
        OpenIdConnectProtocolInvalidCHashException => "it does not belong to the code (c_hash)",
        OpenIdConnectProtocolException => "the answer or its ID token lacks something that the protocol requires",
        null => "it is not valid",
        _ => $"it cannot be checked ({exception.GetType().Name})",
    };
}
