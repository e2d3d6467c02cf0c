using System.IdentityModel.Tokens.Jwt;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Stands between the base handler and the application's events for one request: our step, then the application's. So our checks run whatever events the application brings.
/// </summary>
internal sealed class EventsAdapter(OpenIdConnectEvents application, AuthentiqOptions options, CallbackOutcome outcome, ICallbackSteps steps) : OpenIdConnectEvents
{
    private SessionBinding? _session;
    private JwtSecurityToken? _token;

    public override async Task RedirectToIdentityProvider(RedirectContext context)
    {
        AuthorizationRequest.Complete(context, options);
        await application.RedirectToIdentityProvider(context);
        if (!context.Handled)
        {
            SignInAttempt.Keep(context.Properties, context.ProtocolMessage, options.TimeProvider!);
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
        if (await RefuseAsync(context) is { } wrong)
        {
            context.Fail(wrong);
            return;
        }

        await RunAsync(nameof(MessageReceived), context, application.MessageReceived);
        outcome.UnsignedScope = context.ProtocolMessage.Scope;
        if (context is { Result: null, Properties: { } properties, ProtocolMessage: { AccessToken.Length: > 0, Error: null or "" } answer } && outcome.Read(properties)?.ResponseTypes is ["token"])
        {
            Take(context, await steps.AuthenticateByAccessTokenAsync(answer, properties));
        }
    }

    public override Task AuthorizationCodeReceived(AuthorizationCodeReceivedContext context) => RunAsync(nameof(AuthorizationCodeReceived), context, application.AuthorizationCodeReceived);

    public override async Task TokenResponseReceived(TokenResponseReceivedContext context)
    {
        await RunAsync(nameof(TokenResponseReceived), context, application.TokenResponseReceived);
        outcome.FetchedScope = context.TokenEndpointResponse.Scope;
        if (context.Result is null && !outcome.Attempt!.ExpectsIdToken)
        {
            Take(context, await steps.AuthenticateByUserInfoAsync(context.TokenEndpointResponse, context.Properties!));
        }
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        if (IdTokenChecks.Refuse(context.SecurityToken, outcome.Attempt!, options) is { } wrong)
        {
            context.Fail(wrong);
            return;
        }

        _session = SessionStart.Of(context.SecurityToken, browserIdToken: null, options, outcome.BeganAt);
        _token = context.SecurityToken;
        if (context.TokenEndpointResponse is null)
        {
            outcome.BrowserIdToken = context.SecurityToken;
        }

        context.Nonce = outcome.Attempt!.Nonce;
        await RunAsync(nameof(TokenValidated), context, application.TokenValidated);
    }

    /// <summary>The sign-in goes by this ID token: in a hybrid flow the one that was fetched.</summary>
    public void Begin(JwtSecurityToken idToken)
    {
        if (outcome.BrowserIdToken is not null || !ReferenceEquals(idToken, _token))
        {
            _session = SessionStart.Of(idToken, outcome.BrowserIdToken, options, outcome.BeganAt);
        }
    }

    public override Task UserInformationReceived(UserInformationReceivedContext context) => RunAsync(nameof(UserInformationReceived), context, application.UserInformationReceived);

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        // An event that ended the sign-in early, with Success, has skipped the steps that ask. It needs what the attempt remembers, which goes next.
        var used = outcome.Flight is null ? null : await steps.ValidateFirstUseAsync();
        var session = _session ?? SessionStart.Of(context.Principal, outcome.Issuer!, options, outcome.BeganAt);
        session?.Keep(context.Properties!);
        SignInAttempt.Forget(context.Properties!);
        SessionManagementFrame.Forget(context.Properties!, options);
        await RunAsync(nameof(TicketReceived), context, application.TicketReceived);

        // The application may have made the properties anew: a logout still finds the session.
        context.Properties ??= new();
        session?.Keep(context.Properties);
        SessionScheme.Keep(context.Properties, context.Scheme.Name);
        outcome.Flight?.AttachTo(context.Properties);
        if (context.Result?.Failure is { } failure)
        {
            await RefuseTicketAsync(context, failure);
        }

        // As late as we can: the cookie is issued next.
        if (context.Result is null && (used ?? await TicketSize.RefuseAsync(context) ?? await SessionStart.RefuseAsync(context)) is { } ended)
        {
            await steps.FailAsync(ended);
            context.HandleResponse();
        }

        outcome.IsAccepted = context.Result is null;
    }

    public override Task AuthenticationFailed(AuthenticationFailedContext context) => RunAsync(nameof(AuthenticationFailed), context, application.AuthenticationFailed);

    public override Task AccessDenied(AccessDeniedContext context) => RunAsync(nameof(AccessDenied), context, application.AccessDenied);

    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        if (CallbackOutcome.IsAborted(context.Failure, context.HttpContext.RequestAborted))
        {
            context.HandleResponse();
            return;
        }

        await application.RemoteFailure(context);
        if (context.Result is null && outcome.Explain(context.Failure) is { } failure)
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

    private async Task<SignInException?> RefuseAsync(MessageReceivedContext context)
    {
        var answer = context.ProtocolMessage;
        (outcome.Response, outcome.ProviderError) = (answer, answer.Error);
        if (AuthorizationResponse.RefuseSize(answer) is { } tooLarge)
        {
            return tooLarge;
        }

        var metadata = await options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        outcome.Issuer = metadata.Issuer;
        return AuthorizationResponse.RefuseIssuer(answer, metadata)
            ?? (string.IsNullOrEmpty(answer.Error) && context.Properties is { } properties && outcome.Read(properties) is { } attempt ? AuthorizationResponse.RefuseParts(answer, attempt.ResponseTypes) : null);
    }

    // The base handler takes no notice of a failure here, and would sign in all the same.
    private async Task RefuseTicketAsync(TicketReceivedContext context, Exception failure)
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

    // The ticket is made; the base handler goes on with it as if it had made it.
    private static void Take(RemoteAuthenticationContext<OpenIdConnectOptions> context, HandleRequestResult result)
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
