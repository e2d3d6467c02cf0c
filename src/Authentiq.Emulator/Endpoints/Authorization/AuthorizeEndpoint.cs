using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Checks an authorization request, and then responds or redirects the browser to the sign-in page.</summary>
internal sealed class AuthorizeEndpoint(EmulatorState state, EmulatedPhone phone, BrowserCookies cookies, SignInCompletion completion)
{
    private readonly AuthorizationChecks _checks = new(state);

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var parameters = HttpMethods.IsPost(http.Request.Method)
            ? await RequestParameters.FromFormAsync(http)
            : RequestParameters.FromQuery(http.Request);
        if (parameters is null)
        {
            return MessagePage.Error("This request is not valid", "A posted authorization request must be a form.");
        }

        if (!IsPushed(parameters))
        {
            return await RespondAsync(http, new(state.Clients, parameters));
        }

        return PushedRequest.Take(state.PushedRequests, parameters) is { } pushed
            ? await RespondAsync(http, new(state.Clients, pushed) { IsPushed = true })
            : MessagePage.Error("This sign-in cannot be started", "Its request_uri is unknown, already used, expired, or was issued to another application.", "invalid_request_uri");
    }

    private bool IsPushed(RequestParameters parameters) =>
        state.Options.PushedAuthorizationRequests != PushedAuthorizationRequests.NotSupported && PushedRequest.IsAddress(parameters["request_uri"]);

    private async Task<IResult> RespondAsync(HttpContext http, AuthorizationRequest request)
    {
        if (AuthorizationChecks.FindPageError(request) is { } pageError)
        {
            return MessagePage.Error("This sign-in cannot be started", pageError.Description, pageError.Error);
        }

        if (await _checks.FindErrorAsync(request) is { } error)
        {
            return AuthorizationResponse.Error(state, request, error);
        }

        if (request.IsSilent)
        {
            return SilentSignIn.Respond(state, request, cookies.CurrentSession(http));
        }

        var signIn = new PendingSignIn(request, cookies.GetBrowserId(http), state.Issuer);
        if (state.Options.ApproveAs is { } persona)
        {
            if (!phone.TryApprove(signIn, persona, []))
            {
                phone.TryDeny(signIn);
            }

            return completion.Finish(http, signIn);
        }

        state.SignIns.Add(signIn.Id, signIn);
        phone.Add(signIn);
        return new RedirectResponse(StatusCodes.Status303SeeOther, signIn.Address.AbsolutePath);
    }
}
