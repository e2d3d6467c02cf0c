using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>The logout token is invalid, or the request contains none. The reason is logged, and not sent to the provider.</summary>
/// <param name="reason">The text for the log. It contains no token and no user identifier.</param>
/// <param name="status">The status code of the response.</param>
internal sealed class LogoutRefusedException(string reason, int status = StatusCodes.Status400BadRequest) : Exception(reason)
{
    public int Status { get; } = status;
}
