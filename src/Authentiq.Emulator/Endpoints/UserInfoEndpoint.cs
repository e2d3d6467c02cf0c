using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Says who a person is to whoever holds their access token (OpenID Connect Core 1.0 §5.3).</summary>
internal static class UserInfoEndpoint
{
    private const string Bearer = "Bearer ";

    public static IResult Answer(HttpContext http, EmulatorState state)
    {
        http.Response.Headers.CacheControl = "no-store";
        var token = http.Request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..] : null;
        if (!state.AccessTokens.TryGet(token, out var grant) || !grant.IsAlive)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return OAuthError.Answer("invalid_token", "The access token is missing, unknown or expired.", StatusCodes.Status401Unauthorized);
        }

        var claims = ScopeCatalog.Select(grant.Session.Persona, grant.Scopes);
        claims["sub"] = grant.Session.Persona.Subject;
        return Results.Json(claims);
    }
}
