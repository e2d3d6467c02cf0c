using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Sends an authorization response to the client, in the requested response mode.</summary>
internal static class AuthorizationResponse
{
    public static IResult Error(EmulatorState state, AuthorizationRequest request, AuthorizationError error) =>
        Send(state, request, new("error", error.Error), new("error_description", error.Description));

    /// <summary>Sends a code, tokens, or both, as the response type specifies.</summary>
    public static IResult Success(EmulatorState state, AuthorizationRequest request, Grant grant)
    {
        var type = request.ResponseType;
        var fields = new List<KeyValuePair<string, string>>();
        string? code = null, accessToken = null;
        if (type.Code)
        {
            code = RandomKey.Create();
            state.Codes.Add(code, grant);
            fields.Add(new("code", code));
        }

        if (type.Token)
        {
            accessToken = AccessTokenIssuer.Issue(state, grant);
            fields.Add(new("access_token", accessToken));
            fields.Add(new("token_type", "Bearer"));
            fields.Add(new("expires_in", FormattableString.Invariant($"{state.AccessTokens.Lifetime.TotalSeconds:0}")));
            fields.Add(new("scope", grant.Scope));
        }

        if (type.IdToken)
        {
            fields.Add(new("id_token", IdTokenIssuer.Issue(state, grant, frontChannel: true, code, accessToken)));
        }

        // Without openid the request is an OAuth request, and the response does not identify a user.
        if (grant.Scopes.Contains(ScopeCatalog.OpenId))
        {
            fields.Add(new("session_state", SessionState.Create(grant.Client.ClientId, grant.RedirectUri, grant.Session)));
        }

        return Send(state, request, [.. fields]);
    }

    private static IResult Send(EmulatorState state, AuthorizationRequest request, params KeyValuePair<string, string>[] fields)
    {
        List<KeyValuePair<string, string>> all = [.. fields];
        if (request.Parameters["state"] is { } value)
        {
            all.Add(new("state", value));
        }

        if (state.Options.IssuerParameter)
        {
            all.Add(new("iss", state.Issuer.AbsoluteUri));
        }

        state.Faults.AuthorizationResponses.Take()?.Invoke(all);
        if (request.ResponseMode == "form_post")
        {
            return new FormPostPage(request.RedirectUri, all);
        }

        var encoded = string.Join('&', all.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        return new RedirectResponse(
            StatusCodes.Status302Found,
            request.ResponseMode == "fragment" ? request.RedirectUri + "#" + encoded : RedirectUri.WithQuery(request.RedirectUri, encoded));
    }
}
