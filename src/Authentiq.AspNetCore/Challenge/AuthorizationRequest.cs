using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Adds the parameters to the authorization request that the base handler does not set.</summary>
internal static class AuthorizationRequest
{
    public static void Complete(RedirectContext context, AuthentiqOptions options)
    {
        var request = context.ProtocolMessage;
        var properties = context.Properties;

        // Also where it is the default of the response type: the response then has the expected mode, whatever the default of a deployment is.
        request.ResponseMode = options.ResponseMode;
        request.Display = Parameter(properties, AuthentiqChallengeProperties.DisplayKey) ?? options.Display;
        request.UiLocales = Parameter(properties, AuthentiqChallengeProperties.UiLocalesKey) ?? options.UiLocales;
        request.LoginHint = Parameter(properties, AuthentiqChallengeProperties.LoginHintKey);
        request.Scope = WithAdditionalScopes(request.Scope, properties.GetParameter<ICollection<AuthentiqScope>>(AuthentiqChallengeProperties.AdditionalScopesKey));

        request.Nonce = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        if (options.UsePkce)
        {
            CodeVerifier.AddTo(request, properties);
        }
    }

    private static string? Parameter(AuthenticationProperties properties, string key) => properties.GetParameter<string>(key) is { Length: > 0 } value ? value : null;

    private static string WithAdditionalScopes(string configured, ICollection<AuthentiqScope>? additional)
    {
        if (additional is null or { Count: 0 })
        {
            return configured;
        }

        var scopes = new List<AuthentiqScope>();
        foreach (var scope in configured.SplitAtSpaces().Select(AuthentiqScope.Parse).Concat(additional))
        {
            var index = scopes.FindIndex(existing => existing.Name == scope.Name);
            if (index < 0)
            {
                scopes.Add(scope);
            }
            else
            {
                scopes[index] = scopes[index] with { IsRequired = scopes[index].IsRequired || scope.IsRequired, IsSigned = scopes[index].IsSigned || scope.IsSigned };
            }
        }

        return string.Join(' ', scopes);
    }
}
