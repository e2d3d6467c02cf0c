using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>A response that is a signed token.</summary>
internal sealed class JwtResponse(string token) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/jwt";
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsync(token, httpContext.RequestAborted);
    }
}
