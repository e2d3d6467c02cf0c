namespace Authentiq.Emulator;

/// <summary>The client has to be registered.</summary>
internal static class ClientCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) => request.Parameters["client_id"] is null
        ? AuthorizationError.InvalidRequest("client_id is missing, or came more than once.")
        : request.Client is null
        ? new("unauthorized_client", "No application with this client_id is registered.")
        : null;
}
