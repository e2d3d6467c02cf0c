using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// An access token that comes alone, through the browser, proves nothing about who is there: any other client's would do (RFC 6749 §10.16). Only one that says that it was issued to this client, under a
/// signature of the provider, does.
/// </summary>
internal static class AccessTokenProof
{
    /// <summary>Who the token is about.</summary>
    /// <exception cref="SignInException">It does not prove that it is ours.</exception>
    public static async Task<string> SubjectAsync(TokenValidator tokens, string accessToken, CancellationToken cancellationToken)
    {
        var result = await tokens.ValidateAsync(accessToken, TokenUse.AccessToken, cancellationToken);
        return result is { IsValid: true, SecurityToken: JsonWebToken { Subject.Length: > 0 } token }
            ? token.Subject
            : throw new SignInException(AuthentiqErrors.InvalidToken, "the access token does not prove that it was issued to this client: " + FailureReasons.Of(result.Exception));
    }
}
