using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>A logout token is refused, or what came is none. The provider is told so without details, the log with the reason.</summary>
/// <param name="reason">Why, in our own words: it never holds a token, or who somebody is.</param>
/// <param name="status">The status of the answer.</param>
internal sealed class LogoutRefusedException(string reason, int status = StatusCodes.Status400BadRequest) : Exception(reason)
{
    public int Status { get; } = status;
}
