namespace Authentiq.Emulator;

/// <summary>The provider does not support request objects (OIDC Core §6).</summary>
internal static class RequestObjectCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) => request.Parameters["request"] is not null
        ? new("request_not_supported", "The parameter request is not supported.")
        : request.Parameters["request_uri"] is not null
        ? new("request_uri_not_supported", "The parameter request_uri is not supported.")
        : null;
}
