using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Mistakes in what is asked of the provider.</summary>
internal static class ProtocolMistakes
{
    private static readonly string[] ResponseTypes = ["code", "id_token", "token id_token", "code id_token", "code token", "code token id_token"];
    private static readonly string[] Displays = ["page", "popup", "modal"];
    private static readonly string[] Prompts = ["none", "login", "consent"];

    public static IEnumerable<string> Find(AuthentiqOptions options)
    {
        foreach (var mistake in FindInResponse(options).Concat(FindInScope(options)))
        {
            yield return mistake;
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
        var parts = options.ResponseType?.Split(' ').ToHashSet(StringComparer.Ordinal) ?? [];
        if (!ResponseTypes.Any(known => parts.SetEquals(known.Split(' '))))
        {
            yield return parts.SetEquals(["token"])
                ? "ResponseType is 'token': an access token alone does not prove who is there, as any application's would do (RFC 6749 §10.16). Set it to 'code'."
                : $"ResponseType is '{options.ResponseType}': set it to 'code', or to one of {string.Join(", ", ResponseTypes.Skip(1).Select(type => $"'{type}'"))}.";
        }

        switch (options.ResponseMode)
        {
            case OpenIdConnectResponseMode.Query when parts.Contains("token") || parts.Contains("id_token"):
                yield return $"ResponseMode is 'query' and ResponseType is '{options.ResponseType}': a token must not be in a query, which lands in logs and histories. Set ResponseMode to 'form_post', or ResponseType to 'code'.";
                break;
            case OpenIdConnectResponseMode.Fragment:
                yield return "ResponseMode is 'fragment', which never reaches a server: set it to 'query' for ResponseType 'code', or to 'form_post'.";
                break;
            case OpenIdConnectResponseMode.Query or OpenIdConnectResponseMode.FormPost:
                break;
            default:
                yield return $"ResponseMode is '{options.ResponseMode}': set it to 'query' or 'form_post'.";
                break;
        }
    }

    private static IEnumerable<string> FindInScope(AuthentiqOptions options)
    {
        foreach (var scope in options.Scope.Where(scope => !AuthentiqScope.TryParse(scope, out _)))
        {
            yield return $"Scope holds '{scope}', which is not a scope: write one name an item, with '~r' (required), '~s' (signed) or '~rs' behind it if need be.";
        }

        if (!options.Scope.Any(scope => AuthentiqScope.TryParse(scope, out var parsed) && parsed.Name == AuthentiqScopes.OpenId))
        {
            yield return "Scope does not hold 'openid': without it the provider sends no ID token. Add it.";
        }
    }
}
