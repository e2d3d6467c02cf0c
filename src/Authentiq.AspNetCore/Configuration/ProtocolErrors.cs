using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Invalid settings of the authorization request.</summary>
internal static class ProtocolErrors
{
    private static readonly string[] ResponseTypes = ["code", "id_token", "token id_token", "code id_token", "code token", "code token id_token"];
    private static readonly string[] Displays = ["page", "popup", "modal"];
    private static readonly string[] Prompts = ["none", "login", "consent"];

    public static IEnumerable<string> Find(AuthentiqOptions options)
    {
        foreach (var error in FindInResponse(options).Concat(FindInScope(options)))
        {
            yield return error;
        }

        foreach (var algorithm in AlgorithmRule.Names(options.IdTokenSignedResponseAlg).Where(name => name != AlgorithmRule.Unsigned && !AlgorithmRule.Open.Contains(name)))
        {
            yield return $"IdTokenSignedResponseAlg names '{algorithm}': use one or several of {string.Join(", ", AlgorithmRule.Open)}, as the client is registered ('none' accepts unsigned ID tokens from the token endpoint).";
        }

        if (options.Display is not null && !Displays.Contains(options.Display))
        {
            yield return $"Display is '{options.Display}': set it to page, popup or modal.";
        }

        var prompts = options.Prompt?.Split(' ') ?? [];
        if (prompts.Except(Prompts).Any() || (prompts.Contains("none") && prompts.Length > 1))
        {
            yield return $"Prompt is '{options.Prompt}': set it to none, or to login, consent or both with a space between them.";
        }

        if (options.MaxAge < TimeSpan.Zero)
        {
            yield return $"MaxAge is {options.MaxAge}: it cannot be negative.";
        }
    }

    private static IEnumerable<string> FindInResponse(AuthentiqOptions options)
    {
        var parts = options.ResponseType.SplitAtSpaces().ToHashSet(StringComparer.Ordinal);
        if (parts.SetEquals(["token"]))
        {
            if (!options.AllowSignInByAccessToken)
            {
                yield return "ResponseType is 'token': an access token alone does not prove who is there, as any application's would do (RFC 6749 §10.16). Set it to 'code'. If you must, AllowSignInByAccessToken accepts access tokens that are JWTs issued to this client.";
            }
        }
        else if (!ResponseTypes.Any(known => parts.SetEquals(known.Split(' '))))
        {
            yield return $"ResponseType is '{options.ResponseType}': set it to 'code', or to one of {string.Join(", ", ResponseTypes.Skip(1).Select(type => $"'{type}'"))}.";
        }

        switch (options.ResponseMode)
        {
            case OpenIdConnectResponseMode.Query when parts.Contains("token") || parts.Contains("id_token"):
                yield return $"ResponseMode is 'query' and ResponseType is '{options.ResponseType}': a token must not be in a query, which lands in logs and histories. Set ResponseMode to 'form_post' or 'fragment', or ResponseType to 'code'.";
                break;
            case OpenIdConnectResponseMode.Query or OpenIdConnectResponseMode.Fragment or OpenIdConnectResponseMode.FormPost:
                break;
            default:
                yield return $"ResponseMode is '{options.ResponseMode}': set it to 'query', 'fragment' or 'form_post'.";
                break;
        }
    }

    private static IEnumerable<string> FindInScope(AuthentiqOptions options)
    {
        foreach (var scope in options.Scope.Where(scope => !AuthentiqScope.TryParse(scope, out _)))
        {
            yield return $"Scope holds '{scope}', which is not a scope: write one name an item, with '~r' (required), '~s' (signed) or '~rs' behind it if need be.";
        }

        if (options.Scope.Any(scope => AuthentiqScope.TryParse(scope, out var parsed) && parsed.Name == AuthentiqScopes.OpenId))
        {
            yield break;
        }

        // Plain OAuth 2.0: userinfo is requested with the access token of our own redemption, which identifies the user.
        if (options.ResponseType.SplitAtSpaces().Contains("id_token"))
        {
            yield return $"Scope does not hold 'openid' and ResponseType is '{options.ResponseType}': without it the provider sends no ID token. Add it, or set ResponseType to 'code'.";
        }
        else if (options.UserInfoMode is AuthentiqUserInfoMode.Never)
        {
            yield return "Scope does not hold 'openid' and UserInfoMode is Never: without an ID token only userinfo can say who signs in. Add 'openid', or set UserInfoMode to WhenNeeded.";
        }
        else if (!options.UsePkce)
        {
            yield return "Scope does not hold 'openid' and UsePkce is false: nothing would bind the response to this sign-in. Add 'openid', or leave UsePkce true.";
        }
    }
}
