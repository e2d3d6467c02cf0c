using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Authentication handler for Authentiq. Each override is one step of a sign-in or sign-out and calls the types in the folder of that step; everything else is inherited.
/// Applications do not use it directly. They call <c>AddAuthentiq</c>.
/// </summary>
public sealed class AuthentiqHandler : OpenIdConnectHandler, ICallbackSteps
{
    private readonly HandlerServices _services;

    internal AuthentiqHandler(HandlerServices services)
        : base(services.Options, services.BaseLoggers, services.Html, services.Url) => _services = services;

    /// <summary>The options of this scheme.</summary>
    public new AuthentiqOptions Options => (AuthentiqOptions)base.Options;

    private SignInCallback Callback => ((EventsAdapter)Events).Callback;

    // Every request of the application creates a handler, and few are for it.
    private bool IsOwnRequest =>
        Request.Path is var path
        && (path == Options.CallbackPath || path == Options.RemoteSignOutPath || path == Options.SignedOutCallbackPath || (Options.CheckSessionPath.HasValue && path == Options.CheckSessionPath));

    private ClaimsStep ClaimsStep => new(Context, Scheme, Options, Events, Callback, _services.Logger);

    /// <inheritdoc/>
    public override Task<bool> HandleRequestAsync() => IsOwnRequest ? HandleOwnRequestAsync() : base.HandleRequestAsync();

    private async Task<bool> HandleOwnRequestAsync()
    {
        UseAdapter();
        if (Options.CheckSessionPath.HasValue && Options.CheckSessionPath == Request.Path)
        {
            await SessionManagementFrame.WriteAsync(Context, Scheme.Name, Options, HtmlEncoder);
            return true;
        }

        using var activity = Options.CallbackPath == Request.Path ? Traces.Start("authentiq.callback", Scheme.Name) : null;
        try
        {
            var isHandled = await base.HandleRequestAsync();
            if (Events is EventsAdapter { Callback: { IsAccepted: true } callback })
            {
                _services.Logger.SignedIn(Scheme.Name);
                _services.Metrics.SignedIn(Scheme.Name, TimeProvider.GetUtcNow() - callback.Attempt?.StartedAt);
            }

            return isHandled;
        }
        catch (AuthentiqStoreException exception)
        {
            await FailAsync(new SignInFailure(AuthentiqErrors.SessionsUnavailable, "the session store is unavailable", exception));
            return true;
        }
        catch (SignInException failure)
        {
            // A logout revoked the session while it was being stored, or the response was used for a session that has ended.
            await FailAsync(failure.Failure);
            return true;
        }
    }

    // 1 · Challenge

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);

        if (SessionRequest.Find(Context) is { IsUnchecked: true })
        {
            await _services.Failures.WriteUnavailableAsync(Context, ReturnUrl.OfPage(Context));
            return;
        }

        if (!BrowserNavigation.MayStartSignIn(Context, (properties.GetParameter<string>(OpenIdConnectParameterNames.Prompt) ?? Options.Prompt) is OpenIdConnectPrompt.None))
        {
            _services.Logger.ApiChallenged(Scheme.Name);
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (FailureResponse.IsErrorPage(Request, Options))
        {
            await _services.Failures.WriteInsteadOfErrorPageAsync(Context, Scheme.Name, ReturnUrl.LocalOrRoot(Request, Request.Query["returnUrl"]));
            return;
        }

        properties = properties.Clone();
        properties.RedirectUri = string.IsNullOrEmpty(properties.RedirectUri)
            ? ReturnUrl.ForChallenge(Request, OriginalPathBase + OriginalPath + Request.QueryString)
            : ReturnUrl.LocalOrRoot(Request, properties.RedirectUri);

        _services.Proxy.Observe(Request, Scheme.Name);
        UseAdapter();
        using var activity = Traces.Start("authentiq.challenge", Scheme.Name);
        try
        {
            await base.HandleChallengeAsync(properties);
        }
        catch (SignInException failure)
        {
            await WriteFailureAsync(failure.Failure, properties.RedirectUri);
        }
    }

    /// <inheritdoc/>
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        if (BrowserNavigation.IsPossible(Context))
        {
            await _services.Failures.WriteForbiddenAsync(Context, ReturnUrl.LocalOrRoot(Request, url: null));
        }
    }

    // 2 · Callback

    /// <inheritdoc/>
    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        UseAdapter();
        Callback.Start(TimeProvider.GetUtcNow());
        Response.Headers.CacheControl = "no-store";
        if (AuthorizationResponse.IsInFragment(Request, Options))
        {
            await FragmentPage.WriteAsync(Response);
            return HandleRequestResult.Handle();
        }

        return await AuthorizationResponse.ValidateFormAsync(Request, Options, Context.RequestAborted) is { } invalid
            ? invalid.ToResult(properties: null)
            : await base.HandleRemoteAuthenticateAsync();
    }

    /// <inheritdoc/>
    protected override void GenerateCorrelationId(AuthenticationProperties properties) => AttemptCookies.Issue(Context, properties, Options);

    /// <inheritdoc/>
    protected override bool ValidateCorrelationId(AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        if (!Callback.Match(
            properties,
            attempt => AttemptCookies.Take(Context, attempt.Cookie, Options),
            attempt => attempt.IsExpired(Options.RemoteAuthenticationTimeout, TimeProvider)))
        {
            return false;
        }

        Callback.Join(_services.Flights.Join(Scheme.Name, Callback.Attempt!.Cookie.Id, Callback.Response!, Callback.ReceivedAt));
        Callback.Flight!.AttachTo(properties);
        return true;
    }

    // 3 · Tokens

    /// <inheritdoc/>
    protected override async Task<OpenIdConnectMessage> RedeemAuthorizationCodeAsync(OpenIdConnectMessage tokenEndpointRequest)
    {
        ArgumentNullException.ThrowIfNull(tokenEndpointRequest);
        var endpoint = tokenEndpointRequest.TokenEndpoint ?? (await MetadataAsync()).TokenEndpoint;

        if (await ValidateFirstUseAsync() is { } used)
        {
            throw used.ToException();
        }

        // Not canceled with the request: other callbacks share the response. The backchannel has its own timeout.
        return TokenEndpoint.Read(await Callback.Flight!.RedeemAsync(() => TokenEndpoint.SendAsync(Options, endpoint, tokenEndpointRequest, CancellationToken.None), Context.RequestAborted));
    }

    // 4 · Claims

    /// <inheritdoc/>
    protected override async Task<HandleRequestResult> GetUserInformationAsync(OpenIdConnectMessage message, JwtSecurityToken jwt, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(message);
        if ((IdTokenChecks.ValidateSecond(Callback.BrowserIdToken, jwt, Callback.Attempt!, Options) ?? SessionStart.ValidateSessionId(jwt) ?? SessionStart.ValidateSecond(Callback.BrowserIdToken, jwt)) is { } invalid)
        {
            return invalid.ToResult(properties);
        }

        // Without an authorization code, this is the first step that a forged response does not reach.
        if (await ValidateFirstUseAsync() is { } used)
        {
            return used.ToResult(properties);
        }

        Callback.Accept(jwt, isFetched: true);
        return await ClaimsStep.RunAsync(message, await MetadataAsync(), jwt, principal, properties);
    }

    async Task<HandleRequestResult> ICallbackSteps.AuthenticateByUserInfoAsync(OpenIdConnectMessage message, AuthenticationProperties properties) =>
        await ClaimsStep.RunWithoutIdTokenAsync(message, await MetadataAsync(), accessToken: null, properties);

    async Task<HandleRequestResult> ICallbackSteps.AuthenticateByAccessTokenAsync(OpenIdConnectMessage message, AuthenticationProperties properties)
    {
        // The base handler validates the correlation after this event.
        if (!ValidateCorrelationId(properties))
        {
            return CallbackFailure.Explain(Callback, exception: null)!.ToResult(properties);
        }

        if (!Options.AllowSignInByAccessToken)
        {
            return new SignInFailure(AuthentiqErrors.InvalidResponse, "a response with an access token alone does not sign a user in: see AllowSignInByAccessToken").ToResult(properties);
        }

        var accessToken = await AccessTokenProof.ValidateAsync(Options.TokenValidator!, message.AccessToken, Context.RequestAborted);
        if (await ValidateFirstUseAsync() is { } used)
        {
            return used.ToResult(properties);
        }

        return await ClaimsStep.RunWithoutIdTokenAsync(message, await MetadataAsync(), accessToken, properties);
    }

    // 6 · Sign-out

    /// <inheritdoc/>
    public override async Task SignOutAsync(AuthenticationProperties? properties)
    {
        properties = properties?.Clone() ?? new AuthenticationProperties();
        UseAdapter();
        properties.RedirectUri = ReturnUrl.LocalOrRoot(Request, string.IsNullOrEmpty(properties.RedirectUri) ? Options.SignedOutRedirectUri : properties.RedirectUri);

        if (ResolveTarget(Options.ForwardSignOut) is not null || await EndSession.IsPossibleAsync(Options.ConfigurationManager!, Context.RequestAborted))
        {
            await base.SignOutAsync(properties);
            return;
        }

        _services.Logger.SignedOutLocally(Scheme.Name);
        Response.Redirect(properties.RedirectUri);
    }

    /// <inheritdoc/>
    protected override Task<bool> HandleSignOutCallbackAsync()
    {
        UseAdapter();
        return base.HandleSignOutCallbackAsync();
    }

    /// <summary>Processes a logout request of the provider, which it sends itself (back channel) or through the browser of the user (front channel).</summary>
    protected override Task<bool> HandleRemoteSignOutAsync() => _services.RemoteSignOut.HandleAsync(Context, Scheme, Options, Events.RemoteSignOut);

    // The validation of this package runs before the events of the application. Each step that raises events calls this first.
    private void UseAdapter()
    {
        if (Events is not EventsAdapter)
        {
            Events = new EventsAdapter(Events, Options, new(), this);
        }
    }

    // RFC 9700 §4.5: a response can be used once. Its cookie identifies the browser and does not prove the first use.
    private async Task<SignInFailure?> ValidateFirstUseAsync() =>
        await Callback.Flight!.UseAsync(() => _services.Attempts.TryUseAsync(Scheme.Name, Callback.Attempt!, Options.RemoteAuthenticationTimeout), Context.RequestAborted)
            ? null
            : new SignInFailure(AuthentiqErrors.Expired, "the response was used before");

    Task<SignInFailure?> ICallbackSteps.ValidateFirstUseAsync() => ValidateFirstUseAsync();

    Task ICallbackSteps.FailAsync(SignInFailure failure) => FailAsync(failure);

    private Task<OpenIdConnectConfiguration> MetadataAsync() => Options.ConfigurationManager!.GetConfigurationAsync(Context.RequestAborted);

    private async Task FailAsync(SignInFailure failure)
    {
        if (Recovery.EndsSilently(Callback) || await Recovery.IsSignedInAsync(Context, Callback, failure, Options, Scheme.Name))
        {
            _services.Logger.SignInRecovered(Scheme.Name, failure.Error, failure.Reason, "The browser was redirected to the page that it came from.");
            _services.Metrics.NotSignedIn(Scheme.Name, Metrics.Recovered, failure.Error);
            Response.Redirect(ReturnUrl.LocalOrRoot(Request, Callback.ReturnUrl));
        }
        else if (Recovery.MayRetry(Request, Callback, failure))
        {
            _services.Logger.SignInRecovered(Scheme.Name, failure.Error, failure.Reason, "The sign-in was restarted.");
            _services.Metrics.NotSignedIn(Scheme.Name, Metrics.Recovered, failure.Error);
            await HandleChallengeAsync(Callback.Attempt!.Retry(Callback.State!));
        }
        else
        {
            await WriteFailureAsync(failure, Callback.ReturnUrl);
        }
    }

    private Task WriteFailureAsync(SignInFailure failure, string? returnUrl)
    {
        _services.Metrics.NotSignedIn(Scheme.Name, Metrics.Failed, failure.Error);
        return _services.Failures.WriteAsync(Context, Options, Scheme.Name, failure, ReturnUrl.LocalOrRoot(Request, returnUrl));
    }
}
