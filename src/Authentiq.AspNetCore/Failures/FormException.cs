using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>The form of a request cannot be read.</summary>
/// <param name="reason">The text for the log. It does not quote the request.</param>
/// <param name="status">The status code of the response.</param>
internal sealed class FormException(string reason, int status = StatusCodes.Status400BadRequest) : Exception(reason)
{
    public int Status { get; } = status;
}
