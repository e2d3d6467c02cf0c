namespace Authentiq.Emulator;

/// <summary>
/// PKCE requires S256 and a complete PKCE code challenge (RFC 7636 §4.2). PKCE is optional, except for a public client that
/// requests a code (RFC 9700 §2.1.1).
/// </summary>
internal static class PkceCheck
{
    private const int ChallengeLength = 43;

    public static AuthorizationError? Check(AuthorizationRequest request)
    {
        var challenge = request.Parameters["code_challenge"];
        var method = request.Parameters["code_challenge_method"];
        if (challenge is null)
        {
            return method is null && !IsRequired(request) ? null : AuthorizationError.InvalidRequest("code_challenge is missing.");
        }

        if (method != "S256")
        {
            return AuthorizationError.InvalidRequest("code_challenge_method must be S256.");
        }

        return challenge.Length == ChallengeLength && challenge.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? null
            : AuthorizationError.InvalidRequest("code_challenge is not a base64url-encoded SHA-256 hash.");
    }

    private static bool IsRequired(AuthorizationRequest request) => request.Client.IsPublic && request.ResponseType.Code;
}
