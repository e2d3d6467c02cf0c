using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Conducts a sign-in with Authentiq and its end. Each override is one step of the flow and leads into the folder of that step; what is not here is the framework's.
/// Applications do not use it directly: they call <c>AddAuthentiq</c>.
/// </summary>
public class AuthentiqHandler : OpenIdConnectHandler
{
    private readonly CallbackOutcome _outcome = new();
    private readonly FailureResponse _failures;
    private readonly RemoteSignOut _remoteSignOut;
    private readonly ILogger<AuthentiqHandler> _logger;

    internal AuthentiqHandler(
        IOptionsMonitor<AuthentiqOptions> options, RedactingLoggerFactory baseLoggers, HtmlEncoder html, UrlEncoder url, FailureResponse failures, RemoteSignOut remoteSignOut, ILogger<AuthentiqHandler> logger)
        : base(options, baseLoggers, html, url)
    {
        _failures = failures;
        _remoteSignOut = remoteSignOut;
        _logger = logger;
    }

    /// <summary>The options of this scheme.</summary>
    public new AuthentiqOptions Options => (AuthentiqOptions)base.Options;

    /// <inheritdoc/>
    protected override async Task InitializeEventsAsync()
    {
        await base.InitializeEventsAsync();
        Events = new EventsAdapter(Events, Options, _outcome, FailAsync);
    }

    // 1 · Challenge

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);

        if (UncheckedSession.IsIn(Context))
        {
            await _failures.WriteUnavailableAsync(Context);
            return;
        }

        if (!BrowserNavigation.IsPossible(Context))
        {
            _logger.ApiChallenged(Scheme.Name);
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (await _failures.WriteInsteadOfErrorPathAsync(Context, Options, Scheme.Name))
        {
            return;
        }

        properties = properties.Clone();
        properties.RedirectUri = string.IsNullOrEmpty(properties.RedirectUri)
            ? ReturnUrl.ForChallenge(Request, OriginalPathBase + OriginalPath + Request.QueryString)
            : ReturnUrl.LocalOrRoot(Request, properties.RedirectUri);

        try
        {
            await base.HandleChallengeAsync(properties);
        }
        catch (SignInException failure)
        {
            await _failures.WriteAsync(Context, Options, Scheme.Name, failure, properties.RedirectUri);
        }
    }

    /// <inheritdoc/>
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        if (BrowserNavigation.IsPossible(Context))
        {
            await _failures.WriteForbiddenAsync(Context);
        }
    }

    // 2 · Callback

    /// <inheritdoc/>
    public override async Task<bool> HandleRequestAsync()
    {
        try
        {
            return await base.HandleRequestAsync();
        }
        catch (AuthentiqStoreException exception)
        {
            await FailAsync(new SignInException(AuthentiqErrors.SessionsUnavailable, "the store of the sessions does not answer", exception));
            return true;
        }
    }

    /// <inheritdoc/>
    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        _outcome.BeganAt = TimeProvider.GetUtcNow();
        Response.Headers.CacheControl = "no-store";
        return AuthorizationResponse.RefuseForm(Request, Options) is { } wrong ? HandleRequestResult.Fail(wrong) : await base.HandleRemoteAuthenticateAsync();
    }

    /// <inheritdoc/>
    protected override bool ValidateCorrelationId(AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        _outcome.ReturnUrl = properties.RedirectUri;
        _outcome.IsSameBrowser = base.ValidateCorrelationId(properties);
        _outcome.IsExpired = SignInAttempt.IsExpired(properties, Options.RemoteAuthenticationTimeout, TimeProvider);
        return _outcome is { IsSameBrowser: true, IsExpired: false };
    }

    // 3 · Tokens

    /// <inheritdoc/>
    protected override async Task<OpenIdConnectMessage> RedeemAuthorizationCodeAsync(OpenIdConnectMessage tokenEndpointRequest)
    {
        ArgumentNullException.ThrowIfNull(tokenEndpointRequest);
        var metadata = await Options.ConfigurationManager!.GetConfigurationAsync(Context.RequestAborted);
        return await TokenEndpoint.RedeemAsync(Options, tokenEndpointRequest.TokenEndpoint ?? metadata.TokenEndpoint, tokenEndpointRequest, Context.RequestAborted);
    }

    // 4 · Claims

    /// <inheritdoc/>
    protected override async Task<HandleRequestResult> GetUserInformationAsync(OpenIdConnectMessage message, JwtSecurityToken jwt, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(message);
        var metadata = await Options.ConfigurationManager!.GetConfigurationAsync(Context.RequestAborted);
        var step = new ClaimsStep(Context, Scheme, Options, Events, _logger);
        return await step.RunAsync(message, metadata, jwt, principal, properties);
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

        _logger.SignedOutLocally(Scheme.Name);
        Response.Redirect(properties.RedirectUri);
    }

    /// <summary>The provider ends a session here, itself or through the person's browser.</summary>
    protected override Task<bool> HandleRemoteSignOutAsync() => _remoteSignOut.HandleAsync(Context, Scheme, Options, (EventsAdapter)Events);

    private Task FailAsync(SignInException failure) => _failures.WriteAsync(Context, Options, Scheme.Name, failure, _outcome.ReturnUrl);
}
