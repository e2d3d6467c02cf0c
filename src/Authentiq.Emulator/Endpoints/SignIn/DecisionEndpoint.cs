using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Approve, deny or cancel, from the pretend phone on the page. Other sites cannot press these buttons.</summary>
internal sealed class DecisionEndpoint(EmulatorState state, EmulatedPhone phone, BrowserCookies cookies)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        if (!SameOrigin.IsAssured(http.Request))
        {
            return MessagePage.Refusal("Not from here", "Only the sign-in page itself can approve or deny.", status: StatusCodes.Status403Forbidden);
        }

        if (!state.SignIns.TryGet(http.Request.RouteValues["id"] as string, out var signIn))
        {
            return MessagePage.Refusal("This sign-in has expired", "Start again from the application.", status: StatusCodes.Status404NotFound);
        }

        if (await RequestParameters.FromFormAsync(http) is not { } form || !Decide(signIn, form))
        {
            return MessagePage.Refusal("Nothing was decided", "This person cannot approve this sign-in, or the form was not complete.");
        }

        return cookies.IsFrom(http, signIn) && !signIn.IsFinished
            ? new RedirectResponse(StatusCodes.Status303SeeOther, signIn.Address.AbsolutePath + "/" + EmulatorPaths.Complete)
            : MessagePage.Decided(signIn);
    }

    // A decision that was made before stands; the second click only follows it.
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
