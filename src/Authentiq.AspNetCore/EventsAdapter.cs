using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Stands between the base handler and the application's events for one request: our step, then the application's. So our checks run whatever events the application brings.
/// </summary>
internal sealed class EventsAdapter(OpenIdConnectEvents application, AuthentiqOptions options, CallbackOutcome outcome, Func<SignInException, Task> fail) : OpenIdConnectEvents
{
    public override async Task RedirectToIdentityProvider(RedirectContext context)
    {
        AuthorizationRequest.Complete(context, options);
        await application.RedirectToIdentityProvider(context);
        if (!context.Handled)
        {
            SignInAttempt.Seal(context.Properties, context.ProtocolMessage);
        }
    }

    public override Task PushAuthorization(PushedAuthorizationContext context) => application.PushAuthorization(context);

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        outcome.ProviderError = context.ProtocolMessage.Error;
        if (AuthorizationResponse.RefuseIssuer(context.ProtocolMessage, await options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted)) is { } wrong)
        {
            context.Fail(wrong);
            return;
        }

        await RunAsync(nameof(MessageReceived), context, application.MessageReceived);
    }

    public override Task AuthorizationCodeReceived(AuthorizationCodeReceivedContext context) => RunAsync(nameof(AuthorizationCodeReceived), context, application.AuthorizationCodeReceived);

    public override Task TokenResponseReceived(TokenResponseReceivedContext context) => RunAsync(nameof(TokenResponseReceived), context, application.TokenResponseReceived);

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        if (IdTokenChecks.Refuse(context.SecurityToken, context.Properties!, options) is { } wrong)
        {
            context.Fail(wrong);
            return;
        }

        outcome.Session = SessionStart.Of(context.SecurityToken, options, outcome.BeganAt);
        context.Nonce = SignInAttempt.Nonce(context.Properties!);
        await RunAsync(nameof(TokenValidated), context, application.TokenValidated);
    }

    public override Task UserInformationReceived(UserInformationReceivedContext context) => RunAsync(nameof(UserInformationReceived), context, application.UserInformationReceived);

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        (outcome.Session ?? SessionStart.Of(context.Principal, options, outcome.BeganAt))?.Keep(context.Properties!);
        await RunAsync(nameof(TicketReceived), context, application.TicketReceived);

        // As late as we can: the cookie is issued next.
        if (context.Result is null && await SessionStart.RefuseAsync(context) is { } ended)
        {
            await fail(ended);
            context.HandleResponse();
        }
    }

    public override Task AuthenticationFailed(AuthenticationFailedContext context) => RunAsync(nameof(AuthenticationFailed), context, application.AuthenticationFailed);

    public override Task AccessDenied(AccessDeniedContext context) => RunAsync(nameof(AccessDenied), context, application.AccessDenied);

    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        await application.RemoteFailure(context);
        if (context.Result is null && outcome.Explain(context.Failure) is { } failure)
        {
            await fail(failure);
            context.HandleResponse();
        }
    }

    public override async Task RedirectToIdentityProviderForSignOut(RedirectContext context)
    {
        EndSession.Complete(context, options);
        await application.RedirectToIdentityProviderForSignOut(context);
    }

    public override Task SignedOutCallbackRedirect(RemoteSignOutContext context)
    {
        EndSession.Return(context, options);
        return application.SignedOutCallbackRedirect(context);
    }

    public override Task RemoteSignOut(RemoteSignOutContext context) => application.RemoteSignOut(context);

    public Task BackChannelLogoutAsync(AuthentiqBackChannelLogoutContext context) =>
        application is AuthentiqEvents events ? RunAsync(nameof(events.BackChannelLogout), context, events.BackChannelLogout) : Task.CompletedTask;

    // What the application throws is its own mistake; what it refuses with Fail is a decision. Neither is mistaken for something that the provider did.
    private async Task RunAsync<TContext>(string name, TContext context, Func<TContext, Task> run)
    {
        try
        {
            await run(context);
        }
        catch (Exception exception)
        {
            throw new ApplicationEventException(name, exception);
        }

        outcome.IsRefusedByApplication = ResultOf(context)?.Failure is not null;
    }

    // The contexts that can refuse share no base class but this one, once for each kind of options.
    private static HandleRequestResult? ResultOf<TContext>(TContext context) => context switch
    {
        HandleRequestContext<OpenIdConnectOptions> handled => handled.Result,
        HandleRequestContext<RemoteAuthenticationOptions> remote => remote.Result,
        _ => null,
    };
}
