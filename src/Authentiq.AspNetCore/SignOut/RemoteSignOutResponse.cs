using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>The error responses to logout requests (OIDC Back-Channel Logout 1.0 §2.8). They contain no details.</summary>
internal static class RemoteSignOutResponse
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Refuses the request. The provider does not retry.</summary>
    public static Task RefuseAsync(HttpResponse response, int status = StatusCodes.Status400BadRequest) => WriteAsync(response, status, """{"error":"invalid_request"}""");

    /// <summary>Returns 503, so that the provider retries after <paramref name="retryAfter"/>. Default: five seconds.</summary>
    public static Task PostponeAsync(HttpResponse response, TimeSpan? retryAfter = null)
    {
        response.Headers.RetryAfter = ((int)(retryAfter ?? DefaultRetryAfter).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return WriteAsync(response, StatusCodes.Status503ServiceUnavailable, """{"error":"temporarily_unavailable"}""");
    }

    private static Task WriteAsync(HttpResponse response, int status, string body)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(body);
    }
}
