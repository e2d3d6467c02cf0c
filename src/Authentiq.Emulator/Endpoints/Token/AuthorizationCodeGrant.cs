using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>Redeems an authorization code: once, by its client, for its redirect URI, with its PKCE code verifier.</summary>
internal static class AuthorizationCodeGrant
{
    public static Grant? Redeem(EmulatorState state, EmulatorClient client, RequestParameters form, out JsonResponse? error)
    {
        error = form["code"] is null || form["redirect_uri"] is null
            ? JsonResponse.Error("invalid_request", "code and redirect_uri are required.")
            : null;
        if (error is not null)
        {
            return null;
        }

        // Another client cannot redeem or invalidate the code.
        if (!state.Codes.TryGet(form["code"], out var grant) || grant.Client.ClientId != client.ClientId)
        {
            error = InvalidGrant("The code is unknown, has expired, or was issued to another client.");
        }
        else if (!grant.TryRedeem())
        {
            error = InvalidGrant("The code was already redeemed. Its tokens are revoked.");
        }
        else if (!grant.IsAlive)
        {
            error = InvalidGrant("The session has ended.");
        }
        else if (grant.RedirectUri != form["redirect_uri"])
        {
            error = InvalidGrant("redirect_uri does not match the authorization request.");
        }
        else if (!IsVerified(grant.CodeChallenge, form["code_verifier"]))
        {
            error = InvalidGrant("code_verifier does not match the authorization request.");
        }

        return error is null ? grant : null;
    }

    // A verifier without a challenge is rejected: an attacker may have removed the challenge (RFC 9700 §2.1.1).
    private static bool IsVerified(string? challenge, string? verifier) => (challenge, verifier) switch
    {
        (null, null) => true,
        (not null, not null) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == challenge,
        _ => false,
    };

    private static JsonResponse InvalidGrant(string description) => JsonResponse.Error("invalid_grant", description);
}
