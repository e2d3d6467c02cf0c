using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Steps of the handler that are called from events of the base handler.</summary>
internal interface ICallbackSteps
{
    /// <summary>Signs a user in by userinfo, after a code was redeemed without the scope <c>openid</c>.</summary>
    Task<HandleRequestResult> AuthenticateByUserInfoAsync(OpenIdConnectMessage message, AuthenticationProperties properties);

    /// <summary>Signs a user in by an access token, which is all that the response contains.</summary>
    Task<HandleRequestResult> AuthenticateByAccessTokenAsync(OpenIdConnectMessage message, AuthenticationProperties properties);

    /// <summary>Validates that the response is used for the first time. Returns the failure, or <see langword="null"/>.</summary>
    Task<SignInFailure?> ValidateFirstUseAsync();

    /// <summary>Ends the sign-in with a failure: retries it, redirects the browser, or shows an error page.</summary>
    Task FailAsync(SignInFailure failure);
}
