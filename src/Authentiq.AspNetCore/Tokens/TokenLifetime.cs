using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Validates <c>exp</c>, <c>nbf</c> and <c>iat</c> by the application's clock, with the configured skew.</summary>
internal static class TokenLifetime
{
    public static LifetimeValidator CreateValidator(AuthentiqOptions options) => (notBefore, expires, token, parameters) =>
    {
        var now = options.TimeProvider!.GetUtcNow().UtcDateTime;

        if (expires is null && parameters.RequireExpirationTime)
        {
            throw new SecurityTokenNoExpirationException("The token has no expiration time.");
        }

        if (expires <= now - parameters.ClockSkew)
        {
            throw new SecurityTokenExpiredException("The token has expired.");
        }

        if (notBefore > now + parameters.ClockSkew)
        {
            throw new SecurityTokenNotYetValidException("The token is not valid yet.");
        }

        return token is not JsonWebToken jwt || jwt.IssuedAt <= now + parameters.ClockSkew
            ? true
            : throw new SecurityTokenNotYetValidException("The token was issued in the future.");
    };
}
