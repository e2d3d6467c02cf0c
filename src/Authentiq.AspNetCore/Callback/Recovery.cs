using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>What can be done for a person whose sign-in did not complete, before they see a page about it.</summary>
internal static class Recovery
{
    /// <summary>A silent check found nobody, or nothing: the page that it came from goes on as it was.</summary>
    public static bool EndsSilently(SignInCallback callback) => callback is { IsSameBrowser: true, IsExpired: false, Attempt: { } attempt } && attempt.IsSilent;

    /// <summary>
    /// A used, old or foreign address of a callback (Back, reload, a bookmark, a second tab) means nothing to somebody who is signed in. An answer that was refused for what it says does not belong here.
    /// </summary>
    public static async Task<bool> IsSignedInAsync(HttpContext context, SignInCallback callback, SignInFailure failure, AuthentiqOptions options, string scheme)
    {
        if (failure.Error is not (AuthentiqErrors.BrowserMismatch or AuthentiqErrors.Expired) && !(failure.Error is AuthentiqErrors.InvalidResponse && callback.Attempt is null))
        {
            return false;
        }

        return SessionScheme.Began(await context.AuthenticateAsync(options.SignInScheme), scheme);
    }

    /// <summary>Whether to begin anew without asking: once, for a sign-in that only took too long, as in a tab that was left open overnight.</summary>
    public static bool MayRetry(HttpRequest request, SignInCallback callback, SignInFailure failure) =>
        failure.Error is AuthentiqErrors.Expired
        && callback is { Attempt: { } attempt, Response.Error: null or "" }
        && !attempt.IsRetry
        && !attempt.IsSilent
        && BrowserNavigation.IsPossible(request.HttpContext);
}
