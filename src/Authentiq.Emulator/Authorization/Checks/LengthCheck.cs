namespace Authentiq.Emulator;

/// <summary>A request is stored until a user approves it, so that its length is bounded.</summary>
internal static class LengthCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) => request.Parameters.Length > RequestLimits.MaxAddress
        ? AuthorizationError.InvalidRequest("The authorization request is too long.")
        : null;
}
