namespace Authentiq.Emulator;

/// <summary>Where requests have to be pushed, one that was not is refused (RFC 9126 §5).</summary>
internal static class PushedRequestCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request, EmulatorOptions options) =>
        options.PushedAuthorizationRequests == PushedAuthorizationRequests.Required && !request.IsPushed
            ? AuthorizationError.InvalidRequest("The authorization request has to be pushed.")
            : null;
}
