using Microsoft.Net.Http.Headers;

namespace SampleWebApp.Hosting;

internal static class SecurityHeaders
{
    /// <summary>
    /// What the pages may load: their own style sheet, script and pictures, and the frame that watches the session. There is no <c>form-action</c>, because Chromium applies it to redirects too, and signing out posts to us and is redirected to the provider.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Sends the headers with every response, error pages included. A page that has brought its own policy keeps it.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // Late, because the exception handler clears the headers that are set up to then.
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
