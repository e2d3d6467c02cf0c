using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// Validates the signature, issuer, audience and lifetime of all tokens of the provider. The validation parameters are created here, so that no option can disable a check. The options are read with the
/// first token, because the application may change them in its own <c>PostConfigure</c>.
/// </summary>
internal sealed class TokenValidator(AuthentiqOptions options, string scheme)
{
    private const string CriticalHeaders = "crit";

    private readonly Lazy<AlgorithmRule> _rule = new(() => new(options.IdTokenSignedResponseAlg, options.ClientSecret, options.AllowShortClientSecrets));
    private readonly LifetimeValidator _lifetime = TokenLifetime.CreateValidator(options);
    private readonly Lazy<JsonWebTokenHandler> _handler = new(() => new() { MapInboundClaims = options.MapInboundClaims });

    public async Task<TokenValidationResult> ValidateAsync(string token, TokenUse use, CancellationToken cancellationToken)
    {
        if (!TryRead(token, out var jwt))
        {
            return Invalid(new SecurityTokenMalformedException("The token is not a signed JWT."));
        }

        if (jwt.TryGetHeaderValue<object>(CriticalHeaders, out _))
        {
            return Invalid(TokenException.CriticalHeader());
        }

        var metadata = await options.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        var parameters = CreateParameters(metadata.Issuer, use);

        if (!jwt.IsSigned || string.Equals(jwt.Alg, AlgorithmRule.Unsigned, StringComparison.OrdinalIgnoreCase))
        {
            if (!MayBeUnsigned(jwt, use, metadata))
            {
                return Invalid(TokenException.Unsigned());
            }

            parameters.RequireSignedTokens = false;
        }
        else if (!_rule.Value.Accepts(jwt.Alg))
        {
            return Invalid(new SecurityTokenInvalidAlgorithmException("The signature algorithm is not accepted."));
        }
        else
        {
            parameters.ValidAlgorithms = [jwt.Alg];
            parameters.IssuerSigningKeys = AlgorithmRule.IsHmac(jwt.Alg)
                ? _rule.Value.SecretKey is { } key ? [key] : []
                : await SigningKeys.FindAsync(options.ConfigurationManager, jwt.Kid, mayWait: use is TokenUse.LogoutToken, cancellationToken);
            if (!parameters.IssuerSigningKeys.Any())
            {
                return Invalid(AlgorithmRule.IsHmac(jwt.Alg) ? TokenException.ShortSecret() : new SecurityTokenSignatureKeyNotFoundException("The provider has no such key."));
            }
        }

        var result = await _handler.Value.ValidateTokenAsync(jwt, parameters);
        if (result.Exception is SecurityTokenInvalidSignatureException && string.IsNullOrEmpty(jwt.Kid) && jwt.IsSigned && !AlgorithmRule.IsHmac(jwt.Alg))
        {
            // Without a key id, only an invalid signature indicates that the provider has rotated its keys.
            parameters.IssuerSigningKeys = await SigningKeys.SearchAsync(options.ConfigurationManager, mayWait: use is TokenUse.LogoutToken, cancellationToken);
            result = await _handler.Value.ValidateTokenAsync(jwt, parameters);
        }

        return result.IsValid && TokenIdentifiers.Validate(jwt, use, metadata.Issuer, options.ClientId!) is { } invalid ? Invalid(invalid) : result;
    }

    private bool MayBeUnsigned(JsonWebToken jwt, TokenUse use, OpenIdConnectConfiguration metadata) =>
        use is TokenUse.FetchedIdToken
        && _rule.Value.AcceptsUnsignedIdTokens
        && jwt.Alg == AlgorithmRule.Unsigned
        && !jwt.IsSigned
        && SecureTransport.IsTrusted(metadata.TokenEndpoint, options);

    private TokenValidationParameters CreateParameters(string issuer, TokenUse use) => new()
    {
        ValidIssuer = issuer,
        ValidAudience = options.ClientId,
        IgnoreTrailingSlashWhenValidatingAudience = false,

        // The audience of an access token may be another one: TokenIdentifiers validates it.
        ValidateAudience = use is not TokenUse.AccessToken,
        RequireExpirationTime = use is not (TokenUse.UserInfo or TokenUse.LogoutToken),
        ClockSkew = options.TokenValidationParameters.ClockSkew,
        LifetimeValidator = _lifetime,
        NameClaimType = options.TokenValidationParameters.NameClaimType,
        RoleClaimType = options.TokenValidationParameters.RoleClaimType,
        AuthenticationType = scheme,
        IncludeTokenOnFailedValidation = false,
    };

    private static bool TryRead(string token, out JsonWebToken jwt)
    {
        jwt = null!;
        try
        {
            // Five parts are an encrypted token, which the provider does not issue.
            if (token.AsSpan().Count('.') != 2)
            {
                return false;
            }

            jwt = new JsonWebToken(token);
            return jwt.Alg is { Length: > 0 };
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return false;
        }
    }

    private static TokenValidationResult Invalid(Exception exception) => new() { IsValid = false, Exception = exception };
}
