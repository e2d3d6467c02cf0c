using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>How a sign-in that did not complete ends for the person: at the application's <see cref="AuthentiqOptions.ErrorPath"/>, or on the built-in page. Never in an exception.</summary>
internal sealed class FailureResponse(HtmlEncoder html, ILogger<AuthentiqHandler> logger)
{
    public async Task WriteAsync(HttpContext context, AuthentiqOptions options, string scheme, SignInException failure, string? returnUrl)
    {
        var reference = Reference(context);
        logger.SignInFailed(scheme, failure.Error, failure.Message, reference);
        Traces.Current.Fail(failure.Error, reference);

        returnUrl = ReturnUrl.LocalOrRoot(context.Request, returnUrl);
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

    /// <summary>Tells somebody who is signed in that they may not see a page.</summary>
    public Task WriteForbiddenAsync(HttpContext context) =>
        FailurePage.WriteForbiddenAsync(context.Response, html, ReturnUrl.LocalOrRoot(context.Request, url: null), Reference(context));

    /// <summary>Tells somebody whose session cannot be checked to come back: a page for people, a plain status for scripts.</summary>
    public async Task WriteUnavailableAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.RetryAfter = "5";
        if (BrowserNavigation.IsPossible(context))
        {
            await FailurePage.WriteUnavailableAsync(context.Response, html, ReturnUrl.ForChallenge(context.Request, context.Request.PathBase + context.Request.Path + context.Request.QueryString), Reference(context));
        }
    }

    /// <summary>
    /// The page under <see cref="AuthentiqOptions.ErrorPath"/> asks for a sign-in itself, as it does under a fallback policy: showing the built-in page instead keeps the person from going in circles.
    /// </summary>
    public async Task<bool> WriteInsteadOfErrorPathAsync(HttpContext context, AuthentiqOptions options, string scheme)
    {
        if (!IsErrorPath(context.Request, options.ErrorPath) && !IsErrorPath(context.Request, options.AccessDeniedPath))
        {
            return false;
        }

        logger.ErrorPathNeedsSignIn(scheme, LogText.Clean(context.Request.Path));
        var error = context.Request.Query["error"].ToString() is var code && FailurePage.Knows(code) ? code : AuthentiqErrors.AccessDenied;
        var returnUrl = ReturnUrl.LocalOrRoot(context.Request, context.Request.Query["returnUrl"].ToString());
        await FailurePage.WriteAsync(context.Response, html, error, returnUrl, Reference(context));
        return true;
    }

    // An application may take it from a header of the request.
    private static string Reference(HttpContext context) => LogText.Clean(context.TraceIdentifier);

    private static bool IsErrorPath(HttpRequest request, PathString path) => path.HasValue && request.Path.Equals(path, StringComparison.OrdinalIgnoreCase);
}
