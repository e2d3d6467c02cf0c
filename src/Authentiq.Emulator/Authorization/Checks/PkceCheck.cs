namespace Authentiq.Emulator;

/// <summary>
/// PKCE with S256 and a whole challenge (RFC 7636 §4.2). It is optional, but not for a public client that wants a code
/// (RFC 9700 §2.1.1).
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
            return method is null && !IsNeeded(request) ? null : AuthorizationError.InvalidRequest("code_challenge is missing.");
        }

        if (method != "S256")
        {
            return AuthorizationError.InvalidRequest("code_challenge_method has to be S256.");
        }

        return challenge.Length == ChallengeLength && challenge.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? null
            : AuthorizationError.InvalidRequest("code_challenge is not a base64url-encoded SHA-256 hash.");
    }

    private static bool IsNeeded(AuthorizationRequest request) => request.Client.IsPublic && request.ResponseType.Code;
}
