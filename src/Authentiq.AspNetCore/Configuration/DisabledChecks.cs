using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Options of the base class that would disable a check. Our checks run regardless, so setting one of these options is an error.</summary>
internal static class DisabledChecks
{
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(5);

    public static IEnumerable<string> Find(AuthentiqOptions options) =>
        FindInHandler(options).Concat(FindInParameters(options.TokenValidationParameters, options)).Concat(FindReplaced(options.TokenValidationParameters));

    private static IEnumerable<string> FindInHandler(AuthentiqOptions options)
    {
#pragma warning disable CS0618 // Obsolete, and still there to be set.
        if (options.UseSecurityTokenValidator)
#pragma warning restore CS0618
        {
            yield return "UseSecurityTokenValidator would bypass the rule for signature algorithms: leave it false.";
        }

        if (options.TokenHandler is not IdTokenHandler)
        {
            yield return "TokenHandler was replaced, and would bypass the rule for signature algorithms: leave it alone, and use IdTokenSignedResponseAlg.";
        }

        if (options.ProtocolValidator is not ProtocolValidator)
        {
            yield return "ProtocolValidator was replaced, and would bypass checks of the protocol: leave it alone.";
        }
        else if (options.ProtocolValidator is { RequireSub: false } or { RequireStateValidation: true } or { RequireNonce: true })
        {
            yield return "ProtocolValidator was changed: leave it as it is. Nonce and state are always checked, by the handler.";
        }

        if (!options.GetClaimsFromUserInfoEndpoint)
        {
            yield return "GetClaimsFromUserInfoEndpoint is false, which would skip the check of required and signed scopes: leave it true, and set UserInfoMode to Never if userinfo must not be asked.";
        }
    }

    private static IEnumerable<string> FindInParameters(TokenValidationParameters parameters, AuthentiqOptions options)
    {
        var off = new (string Name, bool IsOff)[]
        {
            (nameof(parameters.ValidateIssuer), !parameters.ValidateIssuer),
            (nameof(parameters.ValidateAudience), !parameters.ValidateAudience),
            (nameof(parameters.ValidateLifetime), !parameters.ValidateLifetime),
            (nameof(parameters.RequireSignedTokens), !parameters.RequireSignedTokens),
            (nameof(parameters.RequireExpirationTime), !parameters.RequireExpirationTime),
            (nameof(parameters.RequireAudience), !parameters.RequireAudience),
        };
        foreach (var (name, _) in off.Where(check => check.IsOff))
        {
            yield return $"TokenValidationParameters.{name} is false: leave it true. {(name == nameof(parameters.RequireSignedTokens) ? "To accept unsigned ID tokens from the token endpoint, add 'none' to IdTokenSignedResponseAlg." : "The check always runs.")}";
        }

        if (parameters.ClockSkew < TimeSpan.Zero || parameters.ClockSkew > MaxClockSkew)
        {
            yield return $"TokenValidationParameters.ClockSkew is {parameters.ClockSkew}: set it between zero and {MaxClockSkew}. A longer one accepts tokens long after they have expired.";
        }

        if (parameters.ValidAudiences is not null || (parameters.ValidAudience is { } audience && audience != options.ClientId))
        {
            yield return "TokenValidationParameters names audiences: leave them out. A token that was issued for another client does not sign a user in.";
        }
    }

    private static IEnumerable<string> FindReplaced(TokenValidationParameters parameters)
    {
        var replaced = new (string Name, object? Value)[]
        {
            (nameof(parameters.AlgorithmValidator), parameters.AlgorithmValidator),
            (nameof(parameters.AudienceValidator), parameters.AudienceValidator),
            (nameof(parameters.IssuerSigningKey), parameters.IssuerSigningKey),
            (nameof(parameters.IssuerSigningKeys), parameters.IssuerSigningKeys),
            (nameof(parameters.IssuerSigningKeyResolver), parameters.IssuerSigningKeyResolver),
            (nameof(parameters.IssuerSigningKeyResolverUsingConfiguration), parameters.IssuerSigningKeyResolverUsingConfiguration),
            (nameof(parameters.IssuerSigningKeyValidator), parameters.IssuerSigningKeyValidator),
            (nameof(parameters.IssuerValidator), parameters.IssuerValidator),
            (nameof(parameters.IssuerValidatorUsingConfiguration), parameters.IssuerValidatorUsingConfiguration),
            (nameof(parameters.LifetimeValidator), parameters.LifetimeValidator),
            (nameof(parameters.SignatureValidator), parameters.SignatureValidator),
            (nameof(parameters.SignatureValidatorUsingConfiguration), parameters.SignatureValidatorUsingConfiguration),
            (nameof(parameters.TransformBeforeSignatureValidation), parameters.TransformBeforeSignatureValidation),
            (nameof(parameters.ValidAlgorithms), parameters.ValidAlgorithms),
            (nameof(parameters.ValidIssuer), parameters.ValidIssuer),
            (nameof(parameters.ValidIssuers), parameters.ValidIssuers),
        };
        foreach (var (name, _) in replaced.Where(part => part.Value is not null))
        {
            yield return $"TokenValidationParameters.{name} is set, and would have no effect: {(name == nameof(parameters.ValidAlgorithms) ? "use IdTokenSignedResponseAlg" : "issuer, keys, audience and lifetime follow from Authority, ClientId and ClientSecret")}. Leave it out.";
        }
    }
}
