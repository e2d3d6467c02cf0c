namespace Authentiq.Emulator;

/// <summary>Validates the response mode. A token is never in the query.</summary>
internal static class ResponseModeCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) =>
        request.Parameters["response_mode"] is { } mode && !request.IsAllowedMode(mode)
            ? AuthorizationError.InvalidRequest("This response_mode is not supported, or cannot be used with the response_type.")
            : null;
}
