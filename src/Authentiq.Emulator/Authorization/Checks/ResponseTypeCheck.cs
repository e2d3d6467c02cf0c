namespace Authentiq.Emulator;

/// <summary>The response type must be supported, and registered for the client.</summary>
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
            return new("unsupported_response_type", "This response_type is not supported.");
        }

        return request.Client.AllowsResponseType(type)
            ? null
            : new("unauthorized_client", "The application is not registered for this response_type.");
    }
}
