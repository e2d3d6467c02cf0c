using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>Decides whether a failed sign-in can end without an error page.</summary>
internal static class Recovery
{
    /// <summary>Whether the sign-in was a silent check (<c>prompt=none</c>): the browser is redirected to the page that it came from.</summary>
    public static bool EndsSilently(SignInCallback callback) => callback is { IsSameBrowser: true, IsExpired: false, Attempt: { } attempt } && attempt.IsSilent;

    /// <summary>
    /// Whether the user is signed in already and the response was not refused for its content: it was used before, has expired, or belongs to another browser (Back, reload, a bookmark, a second tab).
    /// </summary>
    public static async Task<bool> IsSignedInAsync(HttpContext context, SignInCallback callback, SignInFailure failure, AuthentiqOptions options, string scheme)
    {
        if (failure.Error is not (AuthentiqErrors.BrowserMismatch or AuthentiqErrors.Expired) && !(failure.Error is AuthentiqErrors.InvalidResponse && callback.Attempt is null))
        {
            return false;
        }

        return SessionScheme.Matches(await context.AuthenticateAsync(options.SignInScheme), scheme);
    }

    /// <summary>Whether to restart the sign-in: once, if it only took too long, such as in a tab that was left open overnight.</summary>
    public static bool MayRetry(HttpRequest request, SignInCallback callback, SignInFailure failure) =>
        failure.Error is AuthentiqErrors.Expired
        && callback is { Attempt: { } attempt, Response.Error: null or "" }
        && !attempt.IsRetry
        && !attempt.IsSilent
        && BrowserNavigation.IsPossible(request.HttpContext);
}
