namespace Authentiq.Emulator;

/// <summary>The provider requires state.</summary>
internal static class StateCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) => request.Parameters["state"] is null
        ? AuthorizationError.InvalidRequest("state is required.")
        : null;
}
