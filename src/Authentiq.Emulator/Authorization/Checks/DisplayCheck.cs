namespace Authentiq.Emulator;

/// <summary>Validates display.</summary>
internal static class DisplayCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) =>
        request.Parameters["display"] is null or "page" or "popup" or "modal"
            ? null
            : AuthorizationError.InvalidRequest("display must be page, popup or modal.");
}
