using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Lists the sessions, and ends one. A request of another site is rejected.</summary>
internal sealed class PhoneEndpoint(EmulatorState state, EmulatedPhone phone)
{
    public Task<IResult> ShowAsync(HttpContext http)
    {
        _ = http;
        return Task.FromResult<IResult>(new PhonePage(state));
    }

    public async Task<IResult> SignOutAsync(HttpContext http)
    {
        if (!SameOrigin.IsAssured(http.Request))
        {
            return MessagePage.Error("Request rejected", "A session can only be ended on the phone page.", status: StatusCodes.Status403Forbidden);
        }

        var id = (await RequestParameters.FromFormAsync(http))?["session"];
        if (phone.Sessions.FirstOrDefault(session => session.PhoneId == id) is not { } session)
        {
            return MessagePage.Error("This session is not active", "The session has already ended.", status: StatusCodes.Status404NotFound);
        }

        // Without the cancellation token of the request: the applications are notified even if the browser disconnects.
        var deliveries = await phone.SignOutAsync(session, CancellationToken.None);
        return new PhonePage(state, new SignOutReport(state.Clients, session, deliveries));
    }
}
