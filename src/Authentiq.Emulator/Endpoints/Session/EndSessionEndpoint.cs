using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Ends the session at the request of an application (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal sealed class EndSessionEndpoint(EmulatorState state, BackChannelLogout backChannel, BrowserCookies cookies)
{
    private const string Title = "This sign-out request is not valid";

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var parameters = HttpMethods.IsPost(http.Request.Method)
            ? await RequestParameters.FromFormAsync(http)
            : RequestParameters.FromQuery(http.Request);
        if (parameters is null || parameters.Repeated is [_, ..])
        {
            return MessagePage.Error(Title, "The request is not readable, or a parameter is repeated.");
        }

        IdTokenHint? hint = null;
        if (parameters["id_token_hint"] is { } token && (hint = await IdTokenHintReader.ReadAsync(state, token)) is null)
        {
            return MessagePage.Error(Title, "id_token_hint is not an ID token of this provider.");
        }

        var client = hint?.Client ?? state.Clients.Find(parameters["client_id"]);
        if (parameters["client_id"] is { } clientId && client?.ClientId != clientId)
        {
            return MessagePage.Error(Title, "client_id is unknown, or does not match id_token_hint.");
        }

        var returnTo = parameters["post_logout_redirect_uri"];
        if (returnTo is not null && client?.AllowsPostLogoutRedirectUri(returnTo) != true)
        {
            return MessagePage.Error(Title, "post_logout_redirect_uri is not registered, or the application is not identified.");
        }

        var current = cookies.CurrentSession(http);
        if (current is not null && hint?.SubjectId != current.Persona.Subject && IsFromAnotherSite(http.Request))
        {
            return new ConfirmSignOutPage(current, client, parameters);
        }

        var ended = End(http, current, hint);
        foreach (var session in ended)
        {
            // Without the cancellation token of the request: the other applications are notified even if the browser disconnects.
            await backChannel.SendAsync(session, client, CancellationToken.None);
        }

        return Respond(FrontChannelLogout.Addresses(state, ended, client), WithState(returnTo, parameters["state"]));
    }

    private static IResult Respond(IReadOnlyList<string> frames, string? next) => (frames, next) switch
    {
        ([_, ..], _) => new SignedOutPage(frames, next),
        (_, not null) => new RedirectResponse(StatusCodes.Status302Found, next),
        _ => new MessagePage("You are signed out", "Authentiq Connect has ended your session. You can close this page.", StatusCodes.Status200OK),
    };

    private static string? WithState(string? returnTo, string? value) =>
        returnTo is null || value is null ? returnTo : RedirectUri.WithQuery(returnTo, "state=" + Uri.EscapeDataString(value));

    // A link on any page sends the session cookie, like the redirect of an application. An application on localhost is of the same site.
    private static bool IsFromAnotherSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"] == "cross-site";

    private List<EmulatorSession> End(HttpContext http, EmulatorSession? current, IdTokenHint? hint)
    {
        var ended = state.LiveSessions.Where(session => session == current || session.SessionId == hint?.SessionId).ToList();
        ended.ForEach(session => session.End());
        cookies.DeleteSession(http);
        return ended;
    }
}
