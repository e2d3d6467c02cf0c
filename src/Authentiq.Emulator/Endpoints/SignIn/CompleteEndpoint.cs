using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Takes the browser that asked back to the application. No other browser gets the answer.</summary>
internal sealed class CompleteEndpoint(EmulatorState state, BrowserCookies cookies, SignInCompletion completion)
{
    public Task<IResult> HandleAsync(HttpContext http) => Task.FromResult(Answer(http));

    private IResult Answer(HttpContext http)
    {
        if (!state.SignIns.TryGet(http.Request.RouteValues["id"] as string, out var signIn))
        {
            return MessagePage.Refusal("This sign-in has expired", "Start again from the application.", status: StatusCodes.Status404NotFound);
        }

        if (!cookies.IsFrom(http, signIn))
        {
            return MessagePage.Refusal("Another browser", "This sign-in was started in another browser and goes on there.", status: StatusCodes.Status403Forbidden);
        }

        return signIn.IsPending
            ? new RedirectResponse(StatusCodes.Status303SeeOther, signIn.Address.AbsolutePath)
            : completion.Finish(http, signIn);
    }
}
