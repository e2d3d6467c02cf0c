using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Sends the browser on, with a status of its own: 302 for answers, 303 for the sign-in page.</summary>
internal sealed class RedirectResponse(int status, string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers.Location = location;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
