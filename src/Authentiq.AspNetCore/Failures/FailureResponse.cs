using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>Writes the response of a failed sign-in: a redirect to the application's <see cref="AuthentiqOptions.ErrorPath"/>, or the built-in page. The failure is not thrown as an exception.</summary>
internal sealed class FailureResponse(HtmlEncoder html, ILogger<AuthentiqHandler> logger)
{
    /// <summary>Logs the failure, and redirects to the error page of the application or writes the built-in one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="options">The options of the scheme.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="failure">Why the sign-in failed.</param>
    /// <param name="returnUrl">The local address that a next sign-in returns to.</param>
    public async Task WriteAsync(HttpContext context, AuthentiqOptions options, string scheme, SignInFailure failure, string returnUrl)
    {
        var reference = Reference(context);
        logger.SignInFailed(scheme, failure.Error, failure.Reason, reference);
        Traces.Current.Fail(failure.Error, reference);

        if (options.ErrorPath.HasValue)
        {
            context.Response.Redirect(context.Request.PathBase + QueryHelpers.AddQueryString(options.ErrorPath.ToUriComponent(), new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["error"] = failure.Error,
                ["returnUrl"] = returnUrl,
                ["reference"] = reference,
            }));
            return;
        }

        await FailurePage.WriteAsync(context.Response, html, failure.Error, returnUrl, reference);
    }

    /// <summary>Writes the page for an authenticated user without permission.</summary>
    /// <param name="context">The request.</param>
    /// <param name="homeUrl">The local address that the page links to.</param>
    public Task WriteForbiddenAsync(HttpContext context, string homeUrl) => FailurePage.WriteForbiddenAsync(context.Response, html, homeUrl, Reference(context));

    /// <summary>Returns 503 with <c>Retry-After</c>, for a session that cannot be checked.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The local address of the page that the browser opens; <see langword="null"/> for a script, which gets only the status code.</param>
    public async Task WriteUnavailableAsync(HttpContext context, string? page)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.RetryAfter = "5";
        if (page is not null)
        {
            await FailurePage.WriteUnavailableAsync(context.Response, html, page, Reference(context));
        }
    }

    /// <summary>Whether the request is for an error page of the application.</summary>
    public static bool IsErrorPage(HttpRequest request, AuthentiqOptions options) => Matches(request, options.ErrorPath) || Matches(request, options.AccessDeniedPath);

    /// <summary>
    /// Writes the built-in page instead of an error page of the application that requires authentication, such as with a fallback policy. A challenge would fail and redirect to that page again.
    /// </summary>
    /// <param name="context">The request of the error page.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="returnUrl">The local address that a next sign-in returns to.</param>
    public Task WriteInsteadOfErrorPageAsync(HttpContext context, string scheme, string returnUrl)
    {
        logger.ErrorPathNeedsSignIn(scheme, LogText.Clean(context.Request.Path));
        var error = context.Request.Query["error"].ToString() is var code && FailurePage.IsKnown(code) ? code : AuthentiqErrors.AccessDenied;
        return FailurePage.WriteAsync(context.Response, html, error, returnUrl, Reference(context));
    }

    // The application may set it from a request header.
    private static string Reference(HttpContext context) => LogText.Clean(context.TraceIdentifier);

    private static bool Matches(HttpRequest request, PathString path) => path.HasValue && request.Path.Equals(path, StringComparison.OrdinalIgnoreCase);
}
