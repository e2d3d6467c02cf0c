using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>A redirect: 302 for authorization responses, 303 for the sign-in page.</summary>
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
