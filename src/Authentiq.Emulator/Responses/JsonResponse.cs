using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>A JSON response. It must not be cached, unless <see cref="CacheControl"/> is set.</summary>
internal sealed class JsonResponse(object body, int status = StatusCodes.Status200OK) : IResult
{
    public string CacheControl { get; init; } = "no-store";

    public string? Challenge { get; init; }

    /// <summary>Creates an OAuth error (RFC 6749 §5.2).</summary>
    public static JsonResponse Error(string error, string description, int status = StatusCodes.Status400BadRequest, string? challenge = null) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal) { ["error"] = error, ["error_description"] = description }, status) { Challenge = challenge };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = CacheControl;
        if (Challenge is not null)
        {
            response.Headers.WWWAuthenticate = Challenge;
        }

        response.ContentType = "application/json";
        await response.Body.WriteAsync(body is string json ? System.Text.Encoding.UTF8.GetBytes(json) : JsonSerializer.SerializeToUtf8Bytes(body), httpContext.RequestAborted);
    }
}
