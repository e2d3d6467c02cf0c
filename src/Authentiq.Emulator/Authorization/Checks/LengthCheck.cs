namespace Authentiq.Emulator;

/// <summary>Limits the length of a request, which is stored until a user approves it.</summary>
internal static class LengthCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) => request.Parameters.Length > RequestLimits.MaxAddress
        ? AuthorizationError.InvalidRequest("The authorization request is too long.")
        : null;
}
