namespace Authentiq.Emulator;

/// <summary>Rejects a request that was not pushed, if pushed requests are required (RFC 9126 §5).</summary>
internal static class PushedRequestCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request, EmulatorOptions options) =>
        options.PushedAuthorizationRequests == PushedAuthorizationRequests.Required && !request.IsPushed
            ? AuthorizationError.InvalidRequest("The authorization request must be pushed.")
            : null;
}
