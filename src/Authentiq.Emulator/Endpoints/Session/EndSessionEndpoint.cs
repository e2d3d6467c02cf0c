using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Ends the session because the application says so (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal sealed class EndSessionEndpoint(EmulatorState state, BackChannelLogout backChannel, BrowserCookies cookies)
{
    private const string Title = "This sign-out cannot go on";

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var parameters = HttpMethods.IsPost(http.Request.Method)
            ? await RequestParameters.FromFormAsync(http)
            : RequestParameters.FromQuery(http.Request);
        if (parameters is null || parameters.Repeated is [_, ..])
        {
            return MessagePage.Refusal(Title, "The request cannot be read, or has a parameter more than once.");
        }

        IdTokenHint? hint = null;
        if (parameters["id_token_hint"] is { } token && (hint = await IdTokenHintReader.ReadAsync(state, token)) is null)
        {
            return MessagePage.Refusal(Title, "id_token_hint is not an ID token of this provider.");
        }

        var client = hint?.Client ?? state.Clients.Find(parameters["client_id"]);
        if (parameters["client_id"] is { } clientId && client?.ClientId != clientId)
        {
            return MessagePage.Refusal(Title, "client_id is unknown, or is not the one that id_token_hint was issued to.");
        }

        var returnTo = parameters["post_logout_redirect_uri"];
        if (returnTo is not null && client?.AllowsPostLogoutRedirectUri(returnTo) != true)
        {
            return MessagePage.Refusal(Title, "post_logout_redirect_uri is not registered, or nothing says for which application.");
        }

        var current = cookies.CurrentSession(http);
        if (current is not null && hint?.SubjectId != current.Persona.Subject && IsFromAnotherSite(http.Request))
        {
            return new ConfirmSignOutPage(current, client, parameters);
        }

        var ended = End(http, current, hint);
        foreach (var session in ended)
        {
            // Not the caller's token: the other applications are to know, also when this browser goes away.
            await backChannel.AnnounceAsync(session, client, CancellationToken.None);
        }

        return Answer(FrontChannelLogout.Addresses(state, ended, client), WithState(returnTo, parameters["state"]));
    }

    private static IResult Answer(IReadOnlyList<string> frames, string? next) => (frames, next) switch
    {
        ([_, ..], _) => new SignedOutPage(frames, next),
        (_, not null) => new RedirectResponse(StatusCodes.Status302Found, next),
        _ => new MessagePage("You are signed out", "Authentiq Connect has ended your session. You can close this page.", StatusCodes.Status200OK),
    };

    private static string? WithState(string? returnTo, string? value) =>
        returnTo is null || value is null ? returnTo : RedirectUri.WithQuery(returnTo, "state=" + Uri.EscapeDataString(value));

    // A link of any page leads here with the session's cookie, as the redirect of an application does. Beside the emulator the application is of the same site: localhost.
    private static bool IsFromAnotherSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"] == "cross-site";

    private List<EmulatorSession> End(HttpContext http, EmulatorSession? current, IdTokenHint? hint)
    {
        var ended = state.LiveSessions.Where(session => session == current || session.SessionId == hint?.SessionId).ToList();
        ended.ForEach(session => session.End());
        cookies.DeleteSession(http);
        return ended;
    }
}
