namespace Authentiq.Emulator;

/// <summary>A parameter comes once (RFC 6749 §3.1).</summary>
internal static class RepeatedParametersCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) => request.Parameters.Repeated is [_, ..]
        ? AuthorizationError.InvalidRequest("A parameter came more than once.")
        : null;
}
