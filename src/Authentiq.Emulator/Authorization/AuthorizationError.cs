namespace Authentiq.Emulator;

/// <summary>The error of an authorization request.</summary>
/// <param name="Error">The error code of OAuth or OpenID Connect.</param>
/// <param name="Description">A description for a developer. It contains no value of the request.</param>
internal sealed record AuthorizationError(string Error, string Description)
{
    public static AuthorizationError InvalidRequest(string description) => new("invalid_request", description);
}
