using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>
/// Returns the status of a sign-in to its page. A finished sign-in has a status too: the page can request it while the browser
/// leaves the page.
/// </summary>
internal sealed class SignInStatusEndpoint(EmulatorState state, BrowserCookies cookies)
{
    public Task<IResult> HandleAsync(HttpContext http)
    {
        var body = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!state.SignIns.TryGet(http.Request.RouteValues["id"] as string, out var signIn))
        {
            body["status"] = "expired";
        }
        else if (signIn.IsPending)
        {
            body["status"] = "pending";
        }
        else if (signIn.IsFinished || !cookies.IsSameBrowser(http, signIn))
        {
            body["status"] = "finished";
        }
        else
        {
            body["status"] = "decided";
            body["next"] = signIn.Address.AbsolutePath + "/" + EmulatorPaths.Complete;
        }

        return Task.FromResult<IResult>(new JsonResponse(body));
    }
}
