using Microsoft.Net.Http.Headers;

namespace SampleWebApp.Hosting;

internal static class SecurityHeaders
{
    /// <summary>
    /// Allows the style sheet, the script and the images of this site, and the frame that monitors the session. <c>form-action</c> is not set: Chromium also applies it to redirects, and the sign-out form
    /// redirects to the provider.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Adds the headers to every response, including error pages. A header that the response already has is not replaced.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // Added when the response starts, because the exception handler clears earlier headers.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.TryAdd(HeaderNames.ContentSecurityPolicy, ContentSecurityPolicy);
            headers.TryAdd(HeaderNames.XContentTypeOptions, "nosniff");
            headers.TryAdd("Referrer-Policy", "same-origin");
            headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
            return Task.CompletedTask;
        });
        return next(context);
    });
}
