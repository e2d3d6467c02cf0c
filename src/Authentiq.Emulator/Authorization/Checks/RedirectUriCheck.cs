namespace Authentiq.Emulator;

/// <summary>The redirect URI must be registered, compared exactly (RFC 9700 §2.1).</summary>
internal static class RedirectUriCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) => request.Parameters["redirect_uri"] is not { } uri
        ? AuthorizationError.InvalidRequest("redirect_uri is missing or repeated.")
        : !request.Client.AllowsRedirectUri(uri)
        ? AuthorizationError.InvalidRequest("This redirect_uri is not registered for the application.")
        : null;
}
