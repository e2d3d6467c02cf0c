namespace Authentiq.Emulator;

/// <summary>The client must be registered.</summary>
internal static class ClientCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) => request.Parameters["client_id"] is null
        ? AuthorizationError.InvalidRequest("client_id is missing or repeated.")
        : request.Client is null
        ? new("unauthorized_client", "No application with this client_id is registered.")
        : null;
}
