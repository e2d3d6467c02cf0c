namespace Authentiq.Emulator;

/// <summary>The answer goes to a registered address only, compared exactly (RFC 9700 §2.1).</summary>
internal static class RedirectUriCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) => request.Parameters["redirect_uri"] is not { } uri
        ? AuthorizationError.InvalidRequest("redirect_uri is missing, or came more than once.")
        : !request.Client.AllowsRedirectUri(uri)
        ? AuthorizationError.InvalidRequest("This redirect_uri is not registered for the application.")
        : null;
}
