using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Checks an authorization request, then answers at once or sends the browser to the sign-in page.</summary>
internal sealed class AuthorizeEndpoint(EmulatorState state, BrowserCookies cookies, SignInCompletion completion)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var parameters = HttpMethods.IsPost(http.Request.Method)
            ? await RequestParameters.FromFormAsync(http)
            : RequestParameters.FromQuery(http.Request);
        if (parameters is null)
        {
            return MessagePage.Refusal("This request cannot be read", "An authorization request that is posted has to be a form.");
        }

        if (!IsPushed(parameters))
        {
            return await AnswerAsync(http, new(state, parameters));
        }

        return PushedRequest.Take(state, parameters) is { } pushed
            ? await AnswerAsync(http, new(state, pushed) { IsPushed = true })
            : MessagePage.Refusal("This sign-in cannot start", "Its request_uri is unknown, was used before, has expired, or is another application's.", "invalid_request_uri");
    }

    private bool IsPushed(RequestParameters parameters) =>
        state.Options.PushedAuthorizationRequests != PushedAuthorizationRequests.NotSupported && PushedRequest.IsAddress(parameters["request_uri"]);

    private async Task<IResult> AnswerAsync(HttpContext http, AuthorizationRequest request)
    {
        if (AuthorizationChecks.FindWhyNotToAnswer(request) is { } refusal)
        {
            return MessagePage.Refusal("This sign-in cannot start", refusal.Description, refusal.Error);
        }

        if (await AuthorizationChecks.FindErrorAsync(request) is { } error)
        {
            return AuthorizationResponse.Error(request, error);
        }

        if (request.IsSilent)
        {
            return SilentSignIn.Answer(request, cookies.CurrentSession(http));
        }

        var signIn = new PendingSignIn(request, cookies.Mark(http), state.Issuer);
        if (state.Options.ApproveAs is { } persona)
        {
            if (!state.Phone.TryApprove(signIn, persona, []))
            {
                state.Phone.TryDeny(signIn);
            }

            return completion.Finish(http, signIn);
        }

        state.SignIns.Add(signIn.Id, signIn);
        state.Phone.Show(signIn);
        return new RedirectAnswer(StatusCodes.Status303SeeOther, signIn.Address.AbsolutePath);
    }
}
