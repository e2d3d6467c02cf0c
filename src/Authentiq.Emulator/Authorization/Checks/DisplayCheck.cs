namespace Authentiq.Emulator;

/// <summary>The ways to show the sign-in page.</summary>
internal static class DisplayCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) =>
        request.Parameters["display"] is null or "page" or "popup" or "modal"
            ? null
            : AuthorizationError.InvalidRequest("display can be page, popup or modal.");
}
