namespace Authentiq.Emulator;

/// <summary>At least one known scope, with modifiers of the provider; unknown ones are left aside (OIDC Core §3.1.2.1).</summary>
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
            return new("invalid_scope", "A scope has a modifier that the provider does not know; it knows ~r, ~s and ~rs.");
        }

        if (request.Scopes is [])
        {
            return new("invalid_scope", "The provider knows none of these scopes.");
        }

        return request.ResponseType.IdToken && request.Scopes.All(known => known.Name != ScopeCatalog.OpenId)
            ? new("invalid_scope", "An ID token needs the scope openid.")
            : null;
    }
}
