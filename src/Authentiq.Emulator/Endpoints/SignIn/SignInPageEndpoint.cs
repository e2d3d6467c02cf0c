using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The page with the QR code and the simulated phone.</summary>
internal sealed class SignInPageEndpoint(EmulatorState state, BrowserCookies cookies)
{
    public Task<IResult> HandleAsync(HttpContext http) => Task.FromResult(Respond(http));

    private IResult Respond(HttpContext http)
    {
        if (!state.SignIns.TryGet(http.Request.RouteValues["id"] as string, out var signIn))
        {
            return MessagePage.Error("This sign-in has expired", "Start again from the application.", status: StatusCodes.Status404NotFound);
        }

        if (signIn.IsPending)
        {
            return new SignInPage(signIn, [.. state.Personas], ChoosePersona(http, signIn));
        }

        return cookies.IsSameBrowser(http, signIn) && !signIn.IsFinished
            ? new RedirectResponse(StatusCodes.Status303SeeOther, signIn.Address.AbsolutePath + "/" + EmulatorPaths.Complete)
            : MessagePage.Decided(signIn);
    }

    private Persona? ChoosePersona(HttpContext http, PendingSignIn signIn)
    {
        var chosen = RequestParameters.FromQuery(http.Request)["person"];
        var hint = signIn.Request.Parameters["login_hint"];
        return state.Personas.FirstOrDefault(persona => persona.Id == chosen)
            ?? state.Personas.FirstOrDefault(persona => persona.Subject == signIn.Request.Hint?.SubjectId)
            ?? state.Personas.FirstOrDefault(persona => hint is not null && persona.Matches(hint))
            ?? state.Personas.FirstOrDefault();
    }
}
