namespace Authentiq.Emulator;

/// <summary>Requires at least one supported scope. Other scopes are ignored (OIDC Core §3.1.2.1).</summary>
internal static class ScopeCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request)
    {
        if (request.Parameters["scope"] is not { } scope)
        {
            return AuthorizationError.InvalidRequest("scope is required.");
        }

        if (ScopeParser.Parse(scope) is null)
        {
            return new("invalid_scope", "A scope has an unsupported modifier. Supported modifiers are ~r, ~s and ~rs.");
        }

        if (request.Scopes is [])
        {
            return new("invalid_scope", "None of the scopes is supported.");
        }

        return request.ResponseType.IdToken && request.Scopes.All(known => known.Name != ScopeCatalog.OpenId)
            ? new("invalid_scope", "An ID token requires the scope openid.")
            : null;
    }
}
