using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>A request does not hold a form that is read.</summary>
/// <param name="reason">Why, in our own words.</param>
/// <param name="status">The status of the response.</param>
internal sealed class FormException(string reason, int status = StatusCodes.Status400BadRequest) : Exception(reason)
{
    public int Status { get; } = status;
}
