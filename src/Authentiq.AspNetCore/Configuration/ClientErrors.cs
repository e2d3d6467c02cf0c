using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Invalid client credentials and provider addresses.</summary>
internal static class ClientErrors
{
    public static IEnumerable<string> Find(AuthentiqOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return "ClientId is missing: set it to the client id that the provider's dashboard shows for this application.";
        }

        if (string.IsNullOrWhiteSpace(options.ClientSecret))
        {
            yield return "ClientSecret is missing: set it to the client's secret, from user secrets or the environment, not from a file under version control.";
        }
        else if (options is { AllowShortClientSecrets: false } && AlgorithmRule.Names(options.IdTokenSignedResponseAlg).Contains(SecurityAlgorithms.HmacSha256) && AlgorithmRule.IsTooShort(options.ClientSecret))
        {
            yield return $"ClientSecret has {AlgorithmRule.SecretBits(options.ClientSecret)} bits, and HS256 (IdTokenSignedResponseAlg) needs {AlgorithmRule.Hs256KeyBits}: ask the provider for a longer secret, or set AllowShortClientSecrets if you accept that a short one can be guessed from any ID token.";
        }

        if (options.TokenEndpointAuthMethod is not (AuthentiqTokenEndpointAuthMethods.ClientSecretBasic or AuthentiqTokenEndpointAuthMethods.ClientSecretPost))
        {
            yield return $"TokenEndpointAuthMethod is '{options.TokenEndpointAuthMethod}': set it to '{AuthentiqTokenEndpointAuthMethods.ClientSecretBasic}' or '{AuthentiqTokenEndpointAuthMethods.ClientSecretPost}', as the client is registered.";
        }

        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || authority.Scheme is not ("https" or "http"))
        {
            yield return $"Authority is '{options.Authority}': set it to the https address of the provider, such as '{AuthentiqDefaults.Authority}'.";
        }
        else if (!SecureTransport.IsAcceptable(options.Authority, options))
        {
            yield return $"Authority is '{options.Authority}', which is not https: anyone on the network path could pretend to be the provider. Use https, or set RequireHttpsMetadata to false for a test network.";
        }
    }

    /// <summary>What works, and should be known all the same.</summary>
    public static IEnumerable<string> Advise(AuthentiqOptions options)
    {
        if (options.ClientSecret is { } secret && AlgorithmRule.IsTooShort(secret))
        {
            if (options.AllowShortClientSecrets)
            {
                yield return $"ClientSecret has {AlgorithmRule.SecretBits(secret)} bits, and AllowShortClientSecrets accepts HS256 signatures under it. An attacker with one ID token can guess it offline: ask the provider for a longer secret.";
            }
            else if (options.IdTokenSignedResponseAlg is null)
            {
                yield return $"ClientSecret has {AlgorithmRule.SecretBits(secret)} bits, so an ID token signed with HS256, which needs {AlgorithmRule.Hs256KeyBits}, will be refused. Set IdTokenSignedResponseAlg to what the client is registered for, or ask the provider for a longer secret.";
            }
        }

        if (!options.RequireHttpsMetadata && Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) && authority is { Scheme: "http", IsLoopback: false })
        {
            yield return $"Authority '{options.Authority}' is not https. Anyone on the network path can pretend to be the provider: use it on a test network only.";
        }

        if (!options.UsePkce)
        {
            yield return "UsePkce is false. Leave it on: it binds the code to this sign-in (RFC 7636), and a provider that does not know it ignores it.";
        }
    }
}
