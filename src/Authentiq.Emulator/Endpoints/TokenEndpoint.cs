using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>Redeems a code (RFC 6749 §4.1.3, RFC 7636 §4.6).</summary>
internal static class TokenEndpoint
{
    public static async Task<IResult> AnswerAsync(HttpContext http, EmulatorState state)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await RequestParameters.FromFormAsync(http) is not { } form)
        {
            return OAuthError.Answer("invalid_request", "The body must be a form.");
        }

        if (form.Repeated is [var twice, ..])
        {
            return OAuthError.Answer("invalid_request", $"{twice} was sent twice.");
        }

        var (client, refusal) = Authenticate(http, form, state.Clients);
        if (client is null)
        {
            return refusal!;
        }

        return form["grant_type"] is not "authorization_code"
            ? OAuthError.Answer("unsupported_grant_type", "grant_type must be authorization_code.")
            : Redeem(state, client, form);
    }

    private static (EmulatorClient? Client, IResult? Refusal) Authenticate(HttpContext http, RequestParameters form, EmulatorClients clients)
    {
        var (id, secret, method) = (form["client_id"], form["client_secret"], TokenEndpointAuthMethods.ClientSecretPost);
        if (http.Request.Headers.Authorization is [{ } header] && header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            if (secret is not null)
            {
                return (null, OAuthError.Answer("invalid_request", "Two client authentication methods were used at once."));
            }

            (var basicId, secret) = ReadBasic(header["Basic ".Length..]);
            if (id is not null && id != basicId)
            {
                return (null, OAuthError.Answer("invalid_request", "client_id names another client than the credentials."));
            }

            (id, method) = (basicId, TokenEndpointAuthMethods.ClientSecretBasic);
        }

        if (clients.Find(id) is { } client && client.TokenEndpointAuthMethod == method && secret is not null && client.HasSecret(secret))
        {
            return (client, null);
        }

        http.Response.Headers.WWWAuthenticate = "Basic realm=\"Authentiq Connect\"";
        return (null, OAuthError.Answer("invalid_client", "Client authentication failed.", StatusCodes.Status401Unauthorized));
    }

    // RFC 6749 §2.3.1: id and secret are form-encoded inside the credentials.
    private static (string? Id, string? Secret) ReadBasic(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials.Trim(), bytes, out var length))
        {
            return (null, null);
        }

        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
            ? (WebUtility.UrlDecode(id), WebUtility.UrlDecode(secret))
            : (null, null);
    }

    private static IResult Redeem(EmulatorState state, EmulatorClient client, RequestParameters form)
    {
        // A code that comes twice is stolen, or was: everything that it brought ends (RFC 6749 §4.1.2).
        if (!state.Codes.TryGet(form["code"], out var grant) || !grant.TryRedeem() || !grant.IsAlive || grant.Client != client)
        {
            return OAuthError.Answer("invalid_grant", "The code is unknown, expired, used, or another client's.");
        }

        if (grant.RedirectUri != form["redirect_uri"])
        {
            return OAuthError.Answer("invalid_grant", "redirect_uri is not that of the authorization request.");
        }

        if (!IsVerified(grant.CodeChallenge, form["code_verifier"]))
        {
            return OAuthError.Answer("invalid_grant", "code_verifier does not fit the code_challenge.");
        }

        var accessToken = AccessTokenIssuer.Issue(state, grant);
        var answer = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["token_type"] = "Bearer",
            ["access_token"] = accessToken,
            ["expires_in"] = (long)state.AccessTokens.Lifetime.TotalSeconds,
            ["expires_at"] = (state.Clock.GetUtcNow() + state.AccessTokens.Lifetime).ToUnixTimeSeconds(),
            ["scope"] = grant.Scope,
        };
        if (grant.Scopes.Contains(ScopeCatalog.OpenId))
        {
            answer["id_token"] = IdTokenIssuer.Issue(state, grant, frontChannel: false, code: null, accessToken);
        }

        return Results.Json(answer);
    }

    private static bool IsVerified(string? challenge, string? verifier) => (challenge, verifier) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == challenge,
    };
}
