using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>The steps of the handler that only an event of the base handler can lead into.</summary>
/// <param name="AuthenticateByUserInfo">A code was redeemed without an ID token having been asked for.</param>
/// <param name="AuthenticateByAccessToken">An answer brought an access token and nothing else.</param>
/// <param name="ValidateFirstUse">Whether the response is used for the first time: the failure, or <see langword="null"/>.</param>
/// <param name="Fail">The sign-in does not complete.</param>
internal sealed record CallbackSteps(
    Func<OpenIdConnectMessage, AuthenticationProperties, Task<HandleRequestResult>> AuthenticateByUserInfo,
    Func<OpenIdConnectMessage, AuthenticationProperties, Task<HandleRequestResult>> AuthenticateByAccessToken,
    Func<Task<SignInException?>> ValidateFirstUse,
    Func<SignInException, Task> Fail);
