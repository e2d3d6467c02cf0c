using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Returns the browser that started the sign-in to the application. Another browser does not get the response.</summary>
internal sealed class CompleteEndpoint(EmulatorState state, BrowserCookies cookies, SignInCompletion completion)
{
    public Task<IResult> HandleAsync(HttpContext http) => Task.FromResult(Respond(http));

    private IResult Respond(HttpContext http)
    {
        if (!state.SignIns.TryGet(http.Request.RouteValues["id"] as string, out var signIn))
        {
            return MessagePage.Error("This sign-in has expired", "Start again from the application.", status: StatusCodes.Status404NotFound);
        }

        if (!cookies.IsSameBrowser(http, signIn))
        {
            return MessagePage.Error("Another browser", "This sign-in was started in another browser. Continue there.", status: StatusCodes.Status403Forbidden);
        }

        return signIn.IsPending
            ? new RedirectResponse(StatusCodes.Status303SeeOther, signIn.Address.AbsolutePath)
            : completion.Finish(http, signIn);
    }
}
