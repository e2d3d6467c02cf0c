using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The session frame, for all clients or for one client, and the check that it sends.</summary>
internal sealed class SessionFrameEndpoint(EmulatorState state, BrowserCookies cookies)
{
    public Task<IResult> ShowAsync(HttpContext http) => Task.FromResult<IResult>(IsOfUnknownClient(http)
        ? MessagePage.Error("No such application", "No application with this client_id is registered.", status: StatusCodes.Status404NotFound)
        : new SessionFramePage());

    public async Task<IResult> CheckAsync(HttpContext http)
    {
        var form = SameOrigin.IsAssured(http.Request) ? await RequestParameters.FromFormAsync(http) : null;
        return new JsonResponse(new Dictionary<string, string>(StringComparer.Ordinal) { ["status"] = Check(http, form) });
    }

    private bool IsOfUnknownClient(HttpContext http) =>
        http.Request.RouteValues.TryGetValue("client_id", out var id) && state.Clients.Find(id as string) is null;

    private string Check(HttpContext http, RequestParameters? form)
    {
        if (form?["session_state"] is not { } value || !SessionState.IsWellFormed(value) || state.Clients.Find(form["client_id"]) is not { } client)
        {
            return "error";
        }

        return SessionState.IsUnchanged(value, client.ClientId, form["origin"] ?? "", cookies.CurrentSession(http)) ? "unchanged" : "changed";
    }
}
