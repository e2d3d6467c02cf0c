using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Conducts a sign-in with Authentiq and its end. Each override is one step of the flow and leads into the folder of that step; what is not here is the framework's.
/// Applications do not use it directly: they call <c>AddAuthentiq</c>.
/// </summary>
public class AuthentiqHandler : OpenIdConnectHandler, ICallbackSteps
{
    private readonly CallbackOutcome _outcome = new();
    private readonly HandlerServices _services;

    internal AuthentiqHandler(HandlerServices services)
        : base(services.Options, services.BaseLoggers, services.Html, services.Url) => _services = services;

    /// <summary>The options of this scheme.</summary>
    public new AuthentiqOptions Options => (AuthentiqOptions)base.Options;

    private ClaimsStep ClaimsStep => new(Context, Scheme, Options, Events, _outcome, _services.Logger);

    /// <inheritdoc/>
    protected override async Task InitializeEventsAsync()
    {
        await base.InitializeEventsAsync();
        Events = new EventsAdapter(Events, Options, _outcome, this);
    }

    /// <inheritdoc/>
    public override async Task<bool> HandleRequestAsync()
    {
        if (Options.CheckSessionPath.HasValue && Options.CheckSessionPath == Request.Path)
        {
            await SessionManagementFrame.WriteAsync(Context, Scheme.Name, Options, HtmlEncoder);
            return true;
        }

        using var activity = Options.CallbackPath == Request.Path ? Traces.Start("authentiq.callback", Scheme.Name) : null;
        try
        {
            var isAnswered = await base.HandleRequestAsync();
            if (_outcome.IsAccepted)
            {
                _services.Logger.SignedIn(Scheme.Name);
                _services.Metrics.SignedIn(Scheme.Name, TimeProvider.GetUtcNow() - _outcome.Attempt?.StartedAt);
            }

            return isAnswered;
        }
        catch (AuthentiqStoreException exception)
        {
            await FailAsync(new SignInException(AuthentiqErrors.SessionsUnavailable, "the store of the sessions does not answer", exception));
            return true;
        }
        catch (SignInException failure)
        {
            // A logout overtook the session while it was being stored, or the response has been used for a session that has ended.
            await FailAsync(failure);
            return true;
        }
    }

    // 1 · Challenge

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);

        if (UncheckedSession.IsIn(Context))
        {
            await _services.Failures.WriteUnavailableAsync(Context, ReturnUrl.OfPage(Context));
            return;
        }

        if (!BrowserNavigation.MayBeginSignIn(Context, (properties.GetParameter<string>(OpenIdConnectParameterNames.Prompt) ?? Options.Prompt) is OpenIdConnectPrompt.None))
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
        using var activity = Traces.Start("authentiq.challenge", Scheme.Name);
        try
        {
            await base.HandleChallengeAsync(properties);
        }
        catch (SignInException failure)
        {
            await WriteFailureAsync(failure, properties.RedirectUri);
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
        _outcome.BeganAt = TimeProvider.GetUtcNow();
        Response.Headers.CacheControl = "no-store";
        if (AuthorizationResponse.IsInFragment(Request, Options))
        {
            await FragmentPage.WriteAsync(Response);
            return HandleRequestResult.Handle();
        }

        return await AuthorizationResponse.RefuseFormAsync(Request, Options, Context.RequestAborted) is { } wrong
            ? HandleRequestResult.Fail(wrong)
            : await base.HandleRemoteAuthenticateAsync();
    }

    /// <inheritdoc/>
    protected override void GenerateCorrelationId(AuthenticationProperties properties) => AttemptCookies.Issue(Context, properties, Options);

    /// <inheritdoc/>
    protected override bool ValidateCorrelationId(AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        (_outcome.Attempt, _outcome.ReturnUrl) = (_outcome.Read(properties), properties.RedirectUri);
        _outcome.IsSameBrowser = _outcome.Attempt is { } known && AttemptCookies.Take(Context, known.Cookie, Options);
        _outcome.IsExpired = _outcome.Attempt?.IsExpired(Options.RemoteAuthenticationTimeout, TimeProvider) is true;
        if (_outcome is not { IsSameBrowser: true, IsExpired: false, Attempt: { } attempt })
        {
            return false;
        }

        var flight = _services.Flights.Join(Scheme.Name, attempt.Cookie.Id, _outcome.Response!, _outcome.BeganAt);
        flight.AttachTo(properties);
        (_outcome.Flight, _outcome.BeganAt) = (flight, flight.BeganAt);
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
            throw used;
        }

        // The backchannel has a time limit of its own.
        return TokenEndpoint.Read(await _outcome.Flight!.RedeemAsync(() => TokenEndpoint.SendAsync(Options, endpoint, tokenEndpointRequest, CancellationToken.None), Context.RequestAborted));
    }

    // 4 · Claims

    /// <inheritdoc/>
    protected override async Task<HandleRequestResult> GetUserInformationAsync(OpenIdConnectMessage message, JwtSecurityToken jwt, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(message);
        if ((IdTokenChecks.RefuseSecond(_outcome.BrowserIdToken, jwt, _outcome.Attempt!, Options) ?? SessionStart.RefuseSecond(_outcome.BrowserIdToken, jwt)) is { } wrong)
        {
            return HandleRequestResult.Fail(wrong, properties);
        }

        // Without a code this is the first step that only a user of the provider reaches.
        if (await ValidateFirstUseAsync() is { } used)
        {
            return HandleRequestResult.Fail(used, properties);
        }

        ((EventsAdapter)Events).Begin(jwt);
        return await ClaimsStep.RunAsync(message, await MetadataAsync(), jwt, principal, properties);
    }

    async Task<HandleRequestResult> ICallbackSteps.AuthenticateByUserInfoAsync(OpenIdConnectMessage message, AuthenticationProperties properties) =>
        await ClaimsStep.RunWithoutIdTokenAsync(message, await MetadataAsync(), accessToken: null, properties);

    async Task<HandleRequestResult> ICallbackSteps.AuthenticateByAccessTokenAsync(OpenIdConnectMessage message, AuthenticationProperties properties)
    {
        // The base handler has not come to this check yet.
        if (!ValidateCorrelationId(properties))
        {
            return HandleRequestResult.Fail("The answer belongs to another browser, or is too old.", properties);
        }

        if (!Options.AllowSignInByAccessToken)
        {
            return HandleRequestResult.Fail(new SignInException(AuthentiqErrors.InvalidResponse, "an access token alone does not sign anybody in: see AllowSignInByAccessToken"), properties);
        }

        var accessToken = await AccessTokenProof.ValidateAsync(Options.TokenValidator!, message.AccessToken, Context.RequestAborted);
        if (await ValidateFirstUseAsync() is { } used)
        {
            return HandleRequestResult.Fail(used, properties);
        }

        return await ClaimsStep.RunWithoutIdTokenAsync(message, await MetadataAsync(), accessToken, properties);
    }

    // 6 · Sign-out

    /// <inheritdoc/>
    public override async Task SignOutAsync(AuthenticationProperties? properties)
    {
        properties = properties?.Clone() ?? new AuthenticationProperties();
        properties.RedirectUri = ReturnUrl.LocalOrRoot(Request, string.IsNullOrEmpty(properties.RedirectUri) ? Options.SignedOutRedirectUri : properties.RedirectUri);

        if (ResolveTarget(Options.ForwardSignOut) is not null || await EndSession.IsPossibleAsync(Options.ConfigurationManager!, Context.RequestAborted))
        {
            await base.SignOutAsync(properties);
            return;
        }

        _services.Logger.SignedOutLocally(Scheme.Name);
        Response.Redirect(properties.RedirectUri);
    }

    /// <summary>The provider ends a session here, itself or through the person's browser.</summary>
    protected override Task<bool> HandleRemoteSignOutAsync() => _services.RemoteSignOut.HandleAsync(Context, Scheme, Options, Events.RemoteSignOut);

    // RFC 9700 §4.5: a response signs in once. Its cookie shows that this is the browser, and not that it is the first time.
    private async Task<SignInException?> ValidateFirstUseAsync() =>
        await _outcome.Flight!.UseAsync(() => _services.Attempts.TryUseAsync(Scheme.Name, _outcome.Attempt!, Options.RemoteAuthenticationTimeout), Context.RequestAborted)
            ? null
            : new SignInException(AuthentiqErrors.Expired, "the response was used before");

    Task<SignInException?> ICallbackSteps.ValidateFirstUseAsync() => ValidateFirstUseAsync();

    Task ICallbackSteps.FailAsync(SignInException failure) => FailAsync(failure);

    private Task<OpenIdConnectConfiguration> MetadataAsync() => Options.ConfigurationManager!.GetConfigurationAsync(Context.RequestAborted);

    private async Task FailAsync(SignInException failure)
    {
        if (Recovery.EndsSilently(_outcome) || await Recovery.IsSignedInAsync(Context, _outcome, failure, Options, Scheme.Name))
        {
            _services.Logger.SignInRecovered(Scheme.Name, failure.Error, failure.Message, "The browser went back to the page as it was.");
            _services.Metrics.NotSignedIn(Scheme.Name, Metrics.Recovered, failure.Error);
            Response.Redirect(ReturnUrl.LocalOrRoot(Request, _outcome.ReturnUrl));
        }
        else if (Recovery.MayRetry(Request, _outcome, failure))
        {
            _services.Logger.SignInRecovered(Scheme.Name, failure.Error, failure.Message, "It began anew.");
            _services.Metrics.NotSignedIn(Scheme.Name, Metrics.Recovered, failure.Error);
            await HandleChallengeAsync(_outcome.Attempt!.Retry(_outcome.State!));
        }
        else
        {
            await WriteFailureAsync(failure, _outcome.ReturnUrl);
        }
    }

    private Task WriteFailureAsync(SignInException failure, string? returnUrl)
    {
        _services.Metrics.NotSignedIn(Scheme.Name, Metrics.Failed, failure.Error);
        return _services.Failures.WriteAsync(Context, Options, Scheme.Name, failure, ReturnUrl.LocalOrRoot(Request, returnUrl));
    }
}
