using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Approves, denies or cancels a sign-in from its page. A request of another site is rejected.</summary>
internal sealed class DecisionEndpoint(EmulatorState state, EmulatedPhone phone, BrowserCookies cookies)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        if (!SameOrigin.IsAssured(http.Request))
        {
            return MessagePage.Error("Request rejected", "A sign-in can only be approved or denied on its own page.", status: StatusCodes.Status403Forbidden);
        }

        if (!state.SignIns.TryGet(http.Request.RouteValues["id"] as string, out var signIn))
        {
            return MessagePage.Error("This sign-in has expired", "Start again from the application.", status: StatusCodes.Status404NotFound);
        }

        if (await RequestParameters.FromFormAsync(http) is not { } form || !Decide(signIn, form))
        {
            return MessagePage.Error("The sign-in was not changed", "This user cannot approve this sign-in, or the form is not complete.");
        }

        return cookies.IsSameBrowser(http, signIn) && !signIn.IsFinished
            ? new RedirectResponse(StatusCodes.Status303SeeOther, signIn.Address.AbsolutePath + "/" + EmulatorPaths.Complete)
            : MessagePage.Decided(signIn);
    }

    // An earlier decision is not changed. A second click follows it.
    private bool Decide(PendingSignIn signIn, RequestParameters form) => form["decision"] switch
    {
        "approve" => !signIn.IsPending || Approve(signIn, form),
        "deny" => !signIn.IsPending || phone.TryDeny(signIn),
        _ => false,
    };

    private bool Approve(PendingSignIn signIn, RequestParameters form)
    {
        var shared = form.All("share");
        return state.Personas.FirstOrDefault(persona => persona.Id == form["person"]) is { } persona
            && phone.TryApprove(signIn, persona, [.. signIn.Scopes.Select(scope => scope.Name).Where(name => !shared.Contains(name))]);
    }
}
