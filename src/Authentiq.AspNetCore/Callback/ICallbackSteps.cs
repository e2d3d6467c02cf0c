using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>The steps of the handler that only an event of the base handler can lead into.</summary>
internal interface ICallbackSteps
{
    /// <summary>A code was redeemed without an ID token having been asked for.</summary>
    Task<HandleRequestResult> AuthenticateByUserInfoAsync(OpenIdConnectMessage message, AuthenticationProperties properties);

    /// <summary>A response brought an access token and nothing else.</summary>
    Task<HandleRequestResult> AuthenticateByAccessTokenAsync(OpenIdConnectMessage message, AuthenticationProperties properties);

    /// <summary>Whether the response is used for the first time: the failure, or <see langword="null"/>.</summary>
    Task<SignInFailure?> ValidateFirstUseAsync();

    /// <summary>The sign-in does not complete.</summary>
    Task FailAsync(SignInFailure failure);
}
