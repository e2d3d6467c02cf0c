using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>The token handler that the base handler calls to validate an ID token.</summary>
internal sealed class IdTokenHandler(TokenValidator validator) : TokenHandler
{
    // The base handler clears RequireSignedTokens before it validates a token from the token endpoint. If a future version does not, validation becomes stricter.
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters) =>
        validator.ValidateAsync(token, validationParameters.RequireSignedTokens ? TokenUse.BrowserIdToken : TokenUse.FetchedIdToken, CancellationToken.None);
}
