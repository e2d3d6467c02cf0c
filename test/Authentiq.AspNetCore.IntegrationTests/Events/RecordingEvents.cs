using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Events of an application in a derived class.</summary>
internal sealed class RecordingEvents(EventRecorder recorder) : AuthentiqEvents
{
    public override Task AccessDenied(AccessDeniedContext context) => recorder.RecordAsync(nameof(AccessDenied), context.HttpContext, context);

    public override Task AuthenticationFailed(AuthenticationFailedContext context) => recorder.RecordAsync(nameof(AuthenticationFailed), context.HttpContext, context);

    public override Task AuthorizationCodeReceived(AuthorizationCodeReceivedContext context) => recorder.RecordAsync(nameof(AuthorizationCodeReceived), context.HttpContext, context);

    // Its context cannot end the step.
    public override Task BackChannelLogout(AuthentiqBackChannelLogoutContext context) => recorder.RecordAsync(nameof(BackChannelLogout), context.HttpContext, context);

    public override Task MessageReceived(MessageReceivedContext context) => recorder.RecordAsync(nameof(MessageReceived), context.HttpContext, context);

    public override Task PushAuthorization(PushedAuthorizationContext context) => recorder.RecordAsync(nameof(PushAuthorization), context.HttpContext, context);

    public override Task RedirectToIdentityProvider(RedirectContext context) => recorder.RecordAsync(nameof(RedirectToIdentityProvider), context.HttpContext, context);

    public override Task RedirectToIdentityProviderForSignOut(RedirectContext context) => recorder.RecordAsync(nameof(RedirectToIdentityProviderForSignOut), context.HttpContext, context);

    public override Task RemoteFailure(RemoteFailureContext context) => recorder.RecordAsync(nameof(RemoteFailure), context.HttpContext, context);

    public override Task RemoteSignOut(RemoteSignOutContext context) => recorder.RecordAsync(nameof(RemoteSignOut), context.HttpContext, context);

    public override Task SignedOutCallbackRedirect(RemoteSignOutContext context) => recorder.RecordAsync(nameof(SignedOutCallbackRedirect), context.HttpContext, context);

    public override Task TicketReceived(TicketReceivedContext context) => recorder.RecordAsync(nameof(TicketReceived), context.HttpContext, context);

    public override Task TokenResponseReceived(TokenResponseReceivedContext context) => recorder.RecordAsync(nameof(TokenResponseReceived), context.HttpContext, context);

    public override Task TokenValidated(TokenValidatedContext context) => recorder.RecordAsync(nameof(TokenValidated), context.HttpContext, context);

    public override Task UserInformationReceived(UserInformationReceivedContext context) => recorder.RecordAsync(nameof(UserInformationReceived), context.HttpContext, context);
}
