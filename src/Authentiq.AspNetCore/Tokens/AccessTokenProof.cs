using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// An access token that comes alone, through the browser, proves nothing about who is there: any other client's would do (RFC 6749 §10.16). Only one that says that it was issued to this client, under a
/// signature of the provider, does.
/// </summary>
/// <param name="Subject">Who the token is about.</param>
/// <param name="Scope">What it grants; <see langword="null"/> when it does not say.</param>
internal sealed record AccessTokenProof(string Subject, string? Scope)
{
    /// <summary>What the token says.</summary>
    /// <exception cref="SignInException">It does not prove that it is ours.</exception>
    public static async Task<AccessTokenProof> ValidateAsync(TokenValidator tokens, string accessToken, CancellationToken cancellationToken)
    {
        var result = await tokens.ValidateAsync(accessToken, TokenUse.AccessToken, cancellationToken);
        return result is { IsValid: true, SecurityToken: JsonWebToken { Subject.Length: > 0 } token }
            ? new(token.Subject, token.TryGetPayloadValue<string>(AuthentiqClaimTypes.Scope, out var scope) ? scope : null)
            : throw new SignInFailure(AuthentiqErrors.InvalidToken, "the access token does not prove that it was issued to this client: " + FailureReasons.Of(result.Exception)).ToException();
    }

    // Who it is about belongs in no log.
    public override string ToString() => nameof(AccessTokenProof);
}
