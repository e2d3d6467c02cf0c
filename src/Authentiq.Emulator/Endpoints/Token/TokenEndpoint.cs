using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Exchanges a grant for tokens (RFC 6749 §3.2).</summary>
internal sealed class TokenEndpoint(EmulatorState state)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        if (await RequestParameters.FromFormAsync(http) is not { } form)
        {
            return JsonResponse.Error("invalid_request", "The body must be application/x-www-form-urlencoded.");
        }

        if (form.Repeated is [_, ..])
        {
            return JsonResponse.Error("invalid_request", "A parameter is repeated.");
        }

        var client = ClientAuthentication.Authenticate(state.Clients, http.Request.Headers.Authorization, form, out var authenticationError);
        if (client is null)
        {
            return authenticationError!;
        }

        return form["grant_type"] switch
        {
            null => JsonResponse.Error("invalid_request", "grant_type is required."),
            "authorization_code" => AuthorizationCodeGrant.Redeem(state, client, form, out var error) is { } grant ? Tokens(grant) : error!,
            _ => JsonResponse.Error("unsupported_grant_type", "grant_type must be authorization_code."),
        };
    }

    private JsonResponse Tokens(Grant grant)
    {
        var lifetime = state.AccessTokens.Lifetime;
        var accessToken = AccessTokenIssuer.Issue(state, grant);
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["token_type"] = "Bearer",
            ["access_token"] = accessToken,
            ["expires_in"] = (long)lifetime.TotalSeconds,
            ["expires_at"] = (state.Clock.GetUtcNow() + lifetime).ToUnixTimeSeconds(),
            ["scope"] = grant.Scope,
        };
        if (grant.Scopes.Contains(ScopeCatalog.OpenId))
        {
            body["id_token"] = IdTokenIssuer.Issue(state, grant, frontChannel: false, accessToken: accessToken);
        }

        return new(JsonEdits.Apply(state.Faults.TokenResponses.Take(), body));
    }
}
