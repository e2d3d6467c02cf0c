using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Wraps the application's events for one request: each event runs the step of this package, and then the event of the application. The validation runs whatever events the application sets.
/// </summary>
internal sealed class EventsAdapter(OpenIdConnectEvents application, AuthentiqOptions options, SignInCallback callback, ICallbackSteps steps) : OpenIdConnectEvents
{
    /// <summary>The state of the callback that runs.</summary>
    public SignInCallback Callback => callback;

    public override async Task RedirectToIdentityProvider(RedirectContext context)
    {
        AuthorizationRequest.Complete(context, options);
        await application.RedirectToIdentityProvider(context);
        if (!context.Handled)
        {
            SignInAttempt.WriteTo(context.Properties, context.ProtocolMessage, options.TimeProvider!);
        }
    }

    public override async Task PushAuthorization(PushedAuthorizationContext context)
    {
        await application.PushAuthorization(context);
        if (!context.HandledPush && !context.SkippedPush)
        {
            var cancellationToken = context.HttpContext.RequestAborted;
            await PushedAuthorization.PushAsync(context, options, await options.ConfigurationManager!.GetConfigurationAsync(cancellationToken), ClientAuthentication.CreateRequest, cancellationToken);
        }
    }

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        callback.Receive(context.ProtocolMessage);
        if (await ValidateResponseAsync(context) is { } invalid)
        {
            context.Fail(invalid.ToException());
            return;
        }

        await RunAsync(nameof(MessageReceived), context, application.MessageReceived);
        callback.ReceiveScope(context.ProtocolMessage, isFetched: false);
        if (context is { Result: null, Properties: { } properties, ProtocolMessage: { AccessToken.Length: > 0, Error: null or "" } response } && callback.Read(properties)?.ResponseTypes is ["token"])
        {
            Complete(context, await steps.AuthenticateByAccessTokenAsync(response, properties));
        }
    }

    public override Task AuthorizationCodeReceived(AuthorizationCodeReceivedContext context) => RunAsync(nameof(AuthorizationCodeReceived), context, application.AuthorizationCodeReceived);

    public override async Task TokenResponseReceived(TokenResponseReceivedContext context)
    {
        await RunAsync(nameof(TokenResponseReceived), context, application.TokenResponseReceived);
        callback.ReceiveScope(context.TokenEndpointResponse, isFetched: true);
        if (context.Result is null && !callback.Attempt!.ExpectsIdToken)
        {
            Complete(context, await steps.AuthenticateByUserInfoAsync(context.TokenEndpointResponse, context.Properties!));
        }
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        if ((IdTokenChecks.Validate(context.SecurityToken, callback.Attempt!, options) ?? SessionStart.ValidateSessionId(context.SecurityToken)) is { } invalid)
        {
            context.Fail(invalid.ToException());
            return;
        }

        callback.Accept(context.SecurityToken, isFetched: context.TokenEndpointResponse is not null);
        context.Nonce = callback.Attempt!.Nonce;
        await RunAsync(nameof(TokenValidated), context, application.TokenValidated);
    }

    public override Task UserInformationReceived(UserInformationReceivedContext context) => RunAsync(nameof(UserInformationReceived), context, application.UserInformationReceived);

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        // An event that completed the sign-in early, with Success, has skipped the step that validates the first use. The validation requires the attempt, which is removed next.
        var used = callback.Flight is null ? null : await steps.ValidateFirstUseAsync();
        var session = callback.IdToken is { } idToken
            ? SessionStart.Of(idToken, callback.BrowserIdToken, options, callback.ReceivedAt)
            : SessionStart.Of(context.Principal, callback.Issuer!, options, callback.ReceivedAt);
        session?.WriteTo(context.Properties!);
        SignInAttempt.RemoveFrom(context.Properties!);
        SessionManagementFrame.RemoveUnused(context.Properties!, options);
        await RunAsync(nameof(TicketReceived), context, application.TicketReceived);

        // The application may have replaced the properties. A logout must still find the session.
        context.Properties ??= new();
        session?.WriteTo(context.Properties);
        SessionScheme.WriteTo(context.Properties, context.Scheme.Name);
        callback.Flight?.AttachTo(context.Properties);
        if (context.Result?.Failure is { } refused)
        {
            await RunRemoteFailureAsync(context, refused);
        }

        // As late as possible: the base handler signs the user in next, and ignores a failure of this event.
        if (context.Result is null && (used ?? await TicketSize.ValidateAsync(context) ?? await SessionStart.ValidateAsync(context)) is { } failure)
        {
            await steps.FailAsync(failure);
            context.HandleResponse();
        }

        callback.IsAccepted = context.Result is null;
    }

    public override Task AuthenticationFailed(AuthenticationFailedContext context) => RunAsync(nameof(AuthenticationFailed), context, application.AuthenticationFailed);

    public override Task AccessDenied(AccessDeniedContext context) => RunAsync(nameof(AccessDenied), context, application.AccessDenied);

    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        if (CallbackFailure.IsAborted(context.Failure, context.HttpContext.RequestAborted))
        {
            context.HandleResponse();
            return;
        }

        await application.RemoteFailure(context);
        if (context.Result is null && CallbackFailure.Explain(callback, context.Failure) is { } failure)
        {
            await steps.FailAsync(failure);
            context.HandleResponse();
        }
    }

    public override async Task RedirectToIdentityProviderForSignOut(RedirectContext context)
    {
        await EndSession.CompleteAsync(context, options);
        await application.RedirectToIdentityProviderForSignOut(context);
    }

    public override Task SignedOutCallbackRedirect(RemoteSignOutContext context)
    {
        EndSession.Return(context, options);
        return application.SignedOutCallbackRedirect(context);
    }

    public override Task RemoteSignOut(RemoteSignOutContext context) => application.RemoteSignOut(context);

    private async Task<SignInFailure?> ValidateResponseAsync(MessageReceivedContext context)
    {
        var response = context.ProtocolMessage;
        if (AuthorizationResponse.ValidateSize(response) is { } tooLarge)
        {
            return tooLarge;
        }

        var metadata = await options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        callback.ReceiveFrom(metadata.Issuer);
        return AuthorizationResponse.ValidateIssuer(response, metadata)
            ?? (string.IsNullOrEmpty(response.Error) && context.Properties is { } properties && callback.Read(properties) is { } attempt ? AuthorizationResponse.ValidateParts(response, attempt.ResponseTypes) : null);
    }

    // The base handler ignores a failure of TicketReceived, and would sign the user in.
    private async Task RunRemoteFailureAsync(TicketReceivedContext context, Exception failure)
    {
        var refused = new RemoteFailureContext(context.HttpContext, context.Scheme, context.Options, failure) { Properties = context.Properties };
        await RemoteFailure(refused);
        if (refused.Result is { Skipped: true })
        {
            context.SkipHandler();
        }
        else
        {
            context.HandleResponse();
        }
    }

    // The ticket is complete: the base handler continues as if it had created it.
    private static void Complete(RemoteAuthenticationContext<OpenIdConnectOptions> context, HandleRequestResult result)
    {
        if (result.Failure is { } failure)
        {
            context.Fail(failure);
        }
        else if (result.Handled)
        {
            context.HandleResponse();
        }
        else if (result.Skipped)
        {
            context.SkipHandler();
        }
        else
        {
            (context.Principal, context.Properties) = (result.Principal, result.Properties);
            context.Success();
        }
    }

    // An exception of the application is an error in its code; Fail is a decision. Neither is reported as an error of the provider.
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

        callback.IsRefusedByApplication = ResultOf(context)?.Failure is not null;
    }

    // The contexts that can fail have no common base class except this one, with two kinds of options.
    private static HandleRequestResult? ResultOf<TContext>(TContext context) => context switch
    {
        HandleRequestContext<OpenIdConnectOptions> handled => handled.Result,
        HandleRequestContext<RemoteAuthenticationOptions> remote => remote.Result,
        _ => null,
    };
}
