using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Where the base handler asks for an ID token to be checked.</summary>
internal sealed class IdTokenHandler(TokenValidator validator) : TokenHandler
{
    // The base handler clears RequireSignedTokens just before it checks a token that it fetched itself. A version that no longer does would make us stricter, not laxer.
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters) =>
        validator.ValidateAsync(token, validationParameters.RequireSignedTokens ? TokenUse.BrowserIdToken : TokenUse.FetchedIdToken, CancellationToken.None);
}
