using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>
/// Tells the page what the phone has done. A finished sign-in is still known here: the question can cross the answer that
/// takes the page away.
/// </summary>
internal sealed class SignInStatusEndpoint(EmulatorState state, BrowserCookies cookies)
{
    public Task<IResult> HandleAsync(HttpContext http)
    {
        var answer = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!state.SignIns.TryGet(http.Request.RouteValues["id"] as string, out var signIn))
        {
            answer["status"] = "expired";
        }
        else if (signIn.IsPending)
        {
            answer["status"] = "pending";
        }
        else if (signIn.IsFinished || !cookies.IsFrom(http, signIn))
        {
            answer["status"] = "finished";
        }
        else
        {
            answer["status"] = "decided";
            answer["next"] = signIn.Address.AbsolutePath + "/" + EmulatorPaths.Complete;
        }

        return Task.FromResult<IResult>(new JsonResponse(answer));
    }
}
