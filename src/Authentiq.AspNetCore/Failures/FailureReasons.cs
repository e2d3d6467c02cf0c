using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Describes exceptions of the token library for the log. Their messages may quote tokens, and are not logged.</summary>
internal static class FailureReasons
{
    public static string Of(Exception? exception) => exception switch
    {
        TokenException => exception.Message,
        SecurityTokenExpiredException => "it has expired",
        SecurityTokenNotYetValidException => "it is not valid yet, or was issued in the future: compare the clocks",
        SecurityTokenNoExpirationException => "it has no expiration time (exp)",
        SecurityTokenInvalidIssuerException => "its issuer differs from the issuer in the provider's metadata",
        SecurityTokenInvalidAudienceException => "it was issued for another client (aud)",
        SecurityTokenInvalidAlgorithmException => "its signature algorithm is not accepted: see IdTokenSignedResponseAlg",
        SecurityTokenSignatureKeyNotFoundException => "it is signed with a key that the provider does not publish",
        SecurityTokenInvalidSignatureException => "its signature is invalid",
        SecurityTokenMalformedException => "it is not a signed JWT",
        OpenIdConnectProtocolInvalidNonceException => "its nonce does not match this sign-in",
        OpenIdConnectProtocolInvalidAtHashException => "it does not belong to the access token (at_hash)",
        OpenIdConnectProtocolInvalidCHashException => "it does not belong to the code (c_hash)",
        OpenIdConnectProtocolException => "the response or its ID token lacks a value that the protocol requires",
        null => "it is not valid",
        _ => $"it cannot be validated ({exception.GetType().Name})",
    };
}
