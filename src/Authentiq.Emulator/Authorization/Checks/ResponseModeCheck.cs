namespace Authentiq.Emulator;

/// <summary>A response mode that the provider knows; never a token in the query.</summary>
internal static class ResponseModeCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) =>
        request.Parameters["response_mode"] is { } mode && !request.IsAllowedMode(mode)
            ? AuthorizationError.InvalidRequest("This response_mode does not fit the response_type, or the provider does not know it.")
            : null;
}
