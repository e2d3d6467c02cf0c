using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The claims of whoever an access token stands for (OIDC Core §5.3).</summary>
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
            return JsonResponse.Error("invalid_request", "The access token came twice.", challenge: "Bearer error=\"invalid_request\"");
        }

        var token = inHeader ?? inForm;
        if (!state.AccessTokens.TryGet(token, out var grant) || !grant.IsAlive)
        {
            // Who sent no token at all is told what to send, not what was wrong (RFC 6750 §3.1).
            var challenge = token is null ? "Bearer" : "Bearer error=\"invalid_token\"";
            return JsonResponse.Error("invalid_token", "The access token is missing, unknown, expired or revoked.", StatusCodes.Status401Unauthorized, challenge);
        }

        return Answer(grant);
    }

    private IResult Answer(Grant grant)
    {
        var persona = ScopeCatalog.Select(grant.Session.Persona, grant.Scopes);
        persona["sub"] = grant.Session.Persona.Subject;
        var claims = JsonEdits.Apply(state.Faults.UserInfoAnswers.Take(), persona);
        return grant.Client.UserInfoSignedResponseAlg is { } algorithm
            ? new JwtResponse(UserInfoIssuer.Issue(state, grant.Client, algorithm, claims))
            : new JsonResponse(claims);
    }
}
