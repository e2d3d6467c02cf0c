namespace Authentiq.Emulator;

/// <summary>max_age must be a number of seconds.</summary>
internal static class MaxAgeCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) =>
        request.Parameters["max_age"] is not null && request.MaxAge is null
            ? AuthorizationError.InvalidRequest("max_age is not a number of seconds.")
            : null;
}
