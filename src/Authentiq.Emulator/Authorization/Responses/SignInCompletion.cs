using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Turns the decision of the user into an authorization response, and into a session of the browser.</summary>
internal sealed class SignInCompletion(EmulatorState state, BrowserCookies cookies)
{
    public IResult Finish(HttpContext http, PendingSignIn signIn)
    {
        if (signIn.Decision is not { } decision || !signIn.TryFinish())
        {
            return MessagePage.Error("This sign-in has finished", "Its response was already sent to the application. Start again from the application.");
        }

        var request = signIn.Request;
        if (decision.Persona is not { } persona)
        {
            return AuthorizationResponse.Error(state, request, new("access_denied", "The user did not approve the sign-in."));
        }

        var session = SessionFor(http, persona, decision.At);
        request.Client.LearnLogoutUri(request.RedirectUri);
        session.Grant(request.Client.ClientId, decision.Scopes);
        return AuthorizationResponse.Success(state, request, new(request.Client, session, decision.Scopes, request));
    }

    // The same user in the same browser continues the session, so that one sign-out ends it for every client.
    private EmulatorSession SessionFor(HttpContext http, Persona persona, DateTimeOffset at)
    {
        if (cookies.CurrentSession(http) is { } current)
        {
            if (current.Persona.Subject == persona.Subject)
            {
                current.Renew(at);
                return current;
            }

            current.End();
        }

        var session = new EmulatorSession(persona, at);
        state.Sessions.Add(session.Key, session);
        cookies.SetSession(http, session);
        return session;
    }
}
