using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The sign-in page and the pretend phone beside it.</summary>
internal static class SignInEndpoints
{
    public static IResult Show(string id, string? person, EmulatorState state)
    {
        if (!state.SignIns.TryGet(id, out var signIn) || signIn.IsFinished)
        {
            return Gone();
        }

        var persona = Choose(state, signIn, person);
        return signIn.IsPending && persona is not null ? new SignInPage(signIn, state.Personas, persona) : new RedirectAnswer(StatusCodes.Status303SeeOther, $"/{EmulatorPaths.SignIn}/{id}/{EmulatorPaths.Complete}");
    }

    public static async Task<IResult> DecideAsync(string id, HttpContext http, EmulatorState state)
    {
        if (!state.SignIns.TryGet(id, out var signIn) || await RequestParameters.FromFormAsync(http) is not { } form)
        {
            return Gone();
        }

        if (form["decision"] is "approve")
        {
            var persona = state.Personas.FirstOrDefault(candidate => candidate.Id == form["person"]);
            var shared = form.All("scope");
            if (persona is null || !state.Phone.TryApprove(signIn, persona, [.. signIn.Scopes.Select(scope => scope.Name).Except(shared, StringComparer.Ordinal)]))
            {
                return new RedirectAnswer(StatusCodes.Status303SeeOther, signIn.Address.PathAndQuery);
            }
        }
        else
        {
            state.Phone.TryDeny(signIn);
        }

        return new RedirectAnswer(StatusCodes.Status303SeeOther, $"/{EmulatorPaths.SignIn}/{id}/{EmulatorPaths.Complete}");
    }

    public static IResult Status(string id, EmulatorState state) =>
        Results.Json(new Dictionary<string, bool>(StringComparer.Ordinal) { ["pending"] = state.SignIns.TryGet(id, out var signIn) && signIn.IsPending });

    public static IResult Complete(string id, HttpContext http, EmulatorState state, BrowserSession browser)
    {
        if (!state.SignIns.TryGet(id, out var signIn) || signIn.IsPending)
        {
            return Gone();
        }

        // The phone may be another browser: it has said what it had to say, and the answer goes to the one that asked.
        if (!browser.Is(http, signIn.Browser))
        {
            return new MessagePage("Done", "Go on in the window where you started to sign in.", StatusCodes.Status200OK);
        }

        return signIn.TryFinish() ? AuthorizeEndpoint.Finish(http, signIn, browser) : Gone();
    }

    private static Persona? Choose(EmulatorState state, PendingSignIn signIn, string? person) =>
        state.Personas.FirstOrDefault(candidate => candidate.Id == person)
        ?? (signIn.Request.Parameters["login_hint"] is { } hint ? state.Personas.FirstOrDefault(candidate => candidate.IsMeantBy(hint)) : null)
        ?? state.Personas.FirstOrDefault();

    private static MessagePage Gone() => new("This sign-in has expired", "Go back to the application and sign in again.");
}
