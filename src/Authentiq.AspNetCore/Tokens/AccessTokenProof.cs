using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// The claims of an access token that identifies a user without an ID token. A token that was issued to another client must not be accepted (RFC 6749 §10.16), so the token must be signed by the provider
/// and issued to this client.
/// </summary>
/// <param name="Subject">The user (<c>sub</c>).</param>
/// <param name="Scope">The granted scopes; <see langword="null"/> when the token has no <c>scope</c>.</param>
internal sealed record AccessTokenProof(string Subject, string? Scope)
{
    /// <summary>Validates the token and returns its claims.</summary>
    /// <exception cref="SignInException">The token is invalid, or was not issued to this client.</exception>
    public static async Task<AccessTokenProof> ValidateAsync(TokenValidator tokens, string accessToken, CancellationToken cancellationToken)
    {
        var result = await tokens.ValidateAsync(accessToken, TokenUse.AccessToken, cancellationToken);
        return result is { IsValid: true, SecurityToken: JsonWebToken { Subject.Length: > 0 } token }
            ? new(token.Subject, token.TryGetPayloadValue<string>(AuthentiqClaimTypes.Scope, out var scope) ? scope : null)
            : throw new SignInFailure(AuthentiqErrors.InvalidToken, "the access token is invalid, or was not issued to this client: " + FailureReasons.Of(result.Exception)).ToException();
    }

    // The user identifier must not be logged.
    public override string ToString() => nameof(AccessTokenProof);
}
