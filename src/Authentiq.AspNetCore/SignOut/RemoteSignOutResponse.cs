using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>What the provider is told when a sign-out is not done (OIDC Back-Channel Logout 1.0 §2.8). It learns nothing else.</summary>
internal static class RemoteSignOutResponse
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Nothing to repeat: it would be refused again.</summary>
    public static Task RefuseAsync(HttpResponse response, int status = StatusCodes.Status400BadRequest) => WriteAsync(response, status, """{"error":"invalid_request"}""");

    /// <summary>It could not be done, or it is not certain that it was: the provider has to repeat it, after five seconds or another time.</summary>
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
