using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Ends the session at the provider (OpenID Connect RP-Initiated Logout 1.0 §2).</summary>
internal static class EndSessionEndpoint
{
    public static async Task<IResult> AnswerAsync(HttpContext http, EmulatorState state, BrowserSession browser)
    {
        var parameters = HttpMethods.IsPost(http.Request.Method) ? await RequestParameters.FromFormAsync(http) : RequestParameters.FromQuery(http.Request);
        if (parameters is null)
        {
            return new MessagePage("This request cannot be read", "A POST to /end_session must be a form.");
        }

        var hint = parameters["id_token_hint"] is { } token ? await IdTokenHint.ReadAsync(state, token) : null;
        var client = hint?.Client ?? state.Clients.Find(parameters["client_id"]);

        browser.End(http);
        if (parameters["post_logout_redirect_uri"] is not { } uri)
        {
            return new MessagePage("Signed out", "You are signed out of Authentiq Connect.", StatusCodes.Status200OK);
        }

        if (client is null || !client.AllowsPostLogoutRedirectUri(uri))
        {
            return new MessagePage("Signed out", "The application did not name a registered address to return to.");
        }

        return new RedirectAnswer(
            StatusCodes.Status302Found,
            parameters["state"] is { } value ? RedirectUri.WithQuery(uri, "state=" + Uri.EscapeDataString(value)) : uri);
    }
}
