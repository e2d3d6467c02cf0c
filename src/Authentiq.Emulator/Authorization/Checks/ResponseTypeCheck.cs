namespace Authentiq.Emulator;

/// <summary>The response type is one that the provider knows and the client may use.</summary>
internal static class ResponseTypeCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request)
    {
        if (request.Parameters["response_type"] is not { } value)
        {
            return AuthorizationError.InvalidRequest("response_type is required.");
        }

        if (!ResponseType.TryParse(value, out var type))
        {
            return new("unsupported_response_type", "The provider does not know this response_type.");
        }

        return request.Client.AllowsResponseType(type)
            ? null
            : new("unauthorized_client", "The application is not registered for this response_type.");
    }
}
