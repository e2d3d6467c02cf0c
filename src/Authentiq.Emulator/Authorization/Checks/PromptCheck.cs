namespace Authentiq.Emulator;

/// <summary>Validates prompt. The value none cannot be combined (OIDC Core §3.1.2.1).</summary>
internal static class PromptCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request)
    {
        if (request.Prompt.Any(word => word is not ("none" or "login" or "consent")))
        {
            return AuthorizationError.InvalidRequest("prompt must be none, login or consent.");
        }

        return request.IsSilent && request.Prompt.Count > 1
            ? AuthorizationError.InvalidRequest("prompt=none cannot be combined.")
            : null;
    }
}
