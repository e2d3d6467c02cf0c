namespace Authentiq.Emulator;

/// <summary>A hint must be an ID token of this provider for this client.</summary>
internal static class IdTokenHintCheck
{
    public static async Task<AuthorizationError?> CheckAsync(AuthorizationRequest request, EmulatorState state)
    {
        if (request.Parameters["id_token_hint"] is not { } token)
        {
            return null;
        }

        request.Hint = await IdTokenHintReader.ReadAsync(state, token);
        return request.Hint?.Client == request.Client
            ? null
            : AuthorizationError.InvalidRequest("id_token_hint is not an ID token that was issued to this application.");
    }
}
