namespace Authentiq.Emulator;

/// <summary>A parameter must not be repeated (RFC 6749 §3.1).</summary>
internal static class RepeatedParametersCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) => request.Parameters.Repeated is [_, ..]
        ? AuthorizationError.InvalidRequest("A parameter is repeated.")
        : null;
}
