using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The claims of the user of an access token (OIDC Core §5.3).</summary>
internal sealed class UserInfoEndpoint(EmulatorState state)
{
    private const string Bearer = "Bearer ";

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var inForm = HttpMethods.IsPost(http.Request.Method) ? (await RequestParameters.FromFormAsync(http))?["access_token"] : null;
        var inHeader = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
        if (inHeader is not null && inForm is not null)
        {
            return JsonResponse.Error("invalid_request", "The access token is sent twice.", challenge: "Bearer error=\"invalid_request\"");
        }

        var token = inHeader ?? inForm;
        if (!state.AccessTokens.TryGet(token, out var grant) || !grant.IsAlive)
        {
            // A request without a token gets a challenge without an error (RFC 6750 §3.1).
            var challenge = token is null ? "Bearer" : "Bearer error=\"invalid_token\"";
            return JsonResponse.Error("invalid_token", "The access token is missing, unknown, expired or revoked.", StatusCodes.Status401Unauthorized, challenge);
        }

        return Respond(grant);
    }

    private IResult Respond(Grant grant)
    {
        var persona = ScopeCatalog.Select(grant.Session.Persona, grant.Scopes);
        persona["sub"] = grant.Session.Persona.Subject;
        var claims = JsonEdits.Apply(state.Faults.UserInfoResponses.Take(), persona);
        return grant.Client.UserInfoSignedResponseAlg is { } algorithm
            ? new JwtResponse(UserInfoIssuer.Issue(state, grant.Client, algorithm, claims))
            : new JsonResponse(claims);
    }
}
