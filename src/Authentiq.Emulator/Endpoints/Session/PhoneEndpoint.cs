using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Who is signed in where, and the sign-out from the phone. Other sites cannot press its buttons.</summary>
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
            return MessagePage.Refusal("Not from here", "Only the phone's own page can sign somebody out.", status: StatusCodes.Status403Forbidden);
        }

        var id = (await RequestParameters.FromFormAsync(http))?["session"];
        if (phone.Sessions.FirstOrDefault(session => session.PhoneId == id) is not { } session)
        {
            return MessagePage.Refusal("Nobody is signed in there any more", "This session has ended already.", status: StatusCodes.Status404NotFound);
        }

        // What was begun goes on when the person leaves the page: the applications are to know.
        var deliveries = await phone.SignOutAsync(session, CancellationToken.None);
        return new PhonePage(state, new SignOutReport(state.Clients, session, deliveries));
    }
}
