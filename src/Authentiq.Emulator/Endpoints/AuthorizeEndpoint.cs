using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Begins a sign-in (OpenID Connect Core 1.0 §3.1.2).</summary>
internal static class AuthorizeEndpoint
{
    public static async Task<IResult> AnswerAsync(HttpContext http, EmulatorState state, BrowserSession browser)
    {
        var parameters = HttpMethods.IsPost(http.Request.Method) ? await RequestParameters.FromFormAsync(http) : RequestParameters.FromQuery(http.Request);
        if (parameters is null)
        {
            return new MessagePage("This request cannot be read", "A POST to /authorize must be a form.");
        }

        var request = new AuthorizationRequest(state, parameters);
        if (AuthorizationChecks.FindWhyNotToAnswer(request) is { } silent)
        {
            return new MessagePage("This sign-in cannot begin", silent.Description);
        }

        if (await AuthorizationChecks.FindErrorAsync(request) is { } error)
        {
            return AuthorizationResponse.Error(request, error);
        }

        if (request.IsSilent)
        {
            return AnswerSilently(http, request, browser);
        }

        var signIn = new PendingSignIn(request, browser.Identify(http), state.Issuer);
        if (state.Options.ApproveAs is { } persona && state.Phone.TryApprove(signIn, persona, []))
        {
            return Finish(http, signIn, browser);
        }

        state.SignIns.Add(signIn.Id, signIn);
        state.Phone.Show(signIn);
        return new RedirectAnswer(StatusCodes.Status303SeeOther, signIn.Address.PathAndQuery);
    }

    /// <summary>Answers the application once the phone has decided.</summary>
    public static IResult Finish(HttpContext http, PendingSignIn signIn, BrowserSession browser)
    {
        var decision = signIn.Decision!;
        if (decision.Persona is not { } persona)
        {
            return AuthorizationResponse.Error(signIn.Request, new("access_denied", "The person did not approve the sign-in."));
        }

        var session = browser.Begin(http, persona, decision.At);
        session.Grant(signIn.Client.ClientId, decision.Scopes);
        return AuthorizationResponse.Success(signIn.Request, new(signIn.Client, session, decision.Scopes, signIn.Request));
    }

    // prompt=none: from what is known, without a page (§3.1.2.6).
    private static IResult AnswerSilently(HttpContext http, AuthorizationRequest request, BrowserSession browser)
    {
        if (browser.Current(http) is not { } session
            || (request.MaxAge is { } age && request.State.Clock.GetUtcNow() - session.AuthTime > age)
            || (request.Hint is { } hint && hint.SubjectId != session.Persona.Subject))
        {
            return AuthorizationResponse.Error(request, new("login_required", "Nobody is signed in, or not recently enough."));
        }

        var granted = session.GrantedTo(request.Client.ClientId);
        if (granted is null || request.Scopes.Any(scope => scope.Required && !granted.Contains(scope.Name)))
        {
            return AuthorizationResponse.Error(request, new("consent_required", "The person has not shared these details with this application."));
        }

        var scopes = request.Scopes.Select(scope => scope.Name).Where(granted.Contains).ToList();
        return AuthorizationResponse.Success(request, new(request.Client, session, scopes, request));
    }
}
