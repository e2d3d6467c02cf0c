namespace Authentiq.Emulator;

/// <summary>Why an authorization request is refused.</summary>
/// <param name="Error">The code, of OAuth or OpenID Connect.</param>
/// <param name="Description">One sentence for a developer. It quotes nothing of the request.</param>
internal sealed record AuthorizationError(string Error, string Description)
{
    public static AuthorizationError InvalidRequest(string description) => new("invalid_request", description);
}
