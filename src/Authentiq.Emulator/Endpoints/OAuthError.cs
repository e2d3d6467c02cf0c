using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>An error as RFC 6749 §5.2 writes it.</summary>
internal static class OAuthError
{
    public static IResult Answer(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new Dictionary<string, string>(StringComparer.Ordinal) { ["error"] = error, ["error_description"] = description }, statusCode: status);
}
