using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Options for sign-in with Authentiq. Bound from the configuration section <c>Authentication:Schemes:Authentiq</c>; code overrides configuration.
/// All invalid settings are reported when the application starts. Inherited options keep their meaning, with defaults for the provider.
/// </summary>
public class AuthentiqOptions : OpenIdConnectOptions
{
    /// <summary>Initializes the options with the defaults for the provider.</summary>
    [SuppressMessage("Usage", "CA2214", Justification = "The virtual members of the base class are plain properties.")]
    public AuthentiqOptions()
    {
        Authority = AuthentiqDefaults.Authority;
        CallbackPath = AuthentiqDefaults.CallbackPath;
        RemoteSignOutPath = AuthentiqDefaults.RemoteSignOutPath;
        SignedOutCallbackPath = AuthentiqDefaults.SignedOutCallbackPath;

        ResponseType = OpenIdConnectResponseType.Code;
        ResponseMode = OpenIdConnectResponseMode.Query;
        Scope.Clear();
        foreach (var scope in AuthentiqScopes.Default)
        {
            Scope.Add(scope);
        }

        Events = new AuthentiqEvents();
        MapInboundClaims = false;
        DisableTelemetry = true;
        GetClaimsFromUserInfoEndpoint = true;
        BackchannelTimeout = TimeSpan.FromSeconds(30);
        ProtocolValidator = new ProtocolValidator();
        TokenValidationParameters.NameClaimType = AuthentiqClaimTypes.Name;
        TokenValidationParameters.RoleClaimType = AuthentiqClaimTypes.Role;
        TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);

        CorrelationCookie.Name = ".Authentiq.";

        ClaimActions.Clear();
        ClaimMappings.RemoveProtocolClaims(ClaimActions);
    }

    /// <summary>
    /// The client authentication method at the token endpoint: <c>client_secret_basic</c> (the default) or <c>client_secret_post</c>. It must match the registration of the client.
    /// See <see cref="AuthentiqTokenEndpointAuthMethods"/>.
    /// </summary>
    public string TokenEndpointAuthMethod { get; set; } = AuthentiqTokenEndpointAuthMethods.ClientSecretBasic;

    /// <summary>
    /// The accepted signature algorithms of tokens, as registered with the provider: one name, or several separated by spaces (<c>"HS256 RS256"</c>).
    /// <see langword="null"/>, the default, accepts <c>HS256</c> with the client secret and <c>RS256</c>, <c>PS256</c>, <c>ES256</c> with the provider's keys. Set it to the registered algorithm, so that
    /// an attacker cannot choose another one. <c>none</c> accepts unsigned ID tokens, only from the token endpoint over https (OpenID Connect Core 1.0 §3.1.3.7).
    /// </summary>
    public string? IdTokenSignedResponseAlg { get; set; }

    /// <summary>
    /// Whether HS256 signatures with a client secret shorter than 256 bits are accepted, which RFC 7518 §3.2 forbids: a short secret can be found offline from one ID token.
    /// Default: <see langword="false"/>. Request a longer secret from the provider instead.
    /// </summary>
    public bool AllowShortClientSecrets { get; set; }

    /// <summary>
    /// Whether <c>ResponseType</c> may be <c>token</c>: an access token alone, which does not authenticate a user, because a token issued to another client would be accepted as well (RFC 6749 §10.16).
    /// The access token must therefore be a signed JWT that was issued to this client (<c>aud</c>, <c>azp</c> or <c>client_id</c>); the identity comes from userinfo. Default: <see langword="false"/>.
    /// Use <c>code</c> instead.
    /// </summary>
    public bool AllowSignInByAccessToken { get; set; }

    /// <summary>When the userinfo endpoint is called. Default: <see cref="AuthentiqUserInfoMode.WhenNeeded"/>.</summary>
    public AuthentiqUserInfoMode UserInfoMode { get; set; }

    /// <summary>
    /// Whether the sign-in fails when the userinfo request fails. Default: <see langword="false"/>: the user is signed in without the missing claims, and event 501 is logged. A userinfo response for another
    /// user always fails the sign-in.
    /// </summary>
    public bool RequireUserInfo { get; set; }

    /// <summary>The source of endpoints, issuer and keys. Default: <see cref="AuthentiqMetadataMode.Auto"/>.</summary>
    public AuthentiqMetadataMode MetadataMode { get; set; }

    /// <summary>
    /// The path of the application's page for failed sign-ins. The browser is redirected to it with the query parameters <c>error</c> (see <see cref="AuthentiqErrors"/>), <c>returnUrl</c> (a local address) and
    /// <c>reference</c> (for support; it is in the log). Not set by default: a built-in page is shown. The order is: the application's events, <c>AccessDeniedPath</c> when the user declined, this page, the
    /// built-in page.
    /// </summary>
    public PathString ErrorPath { get; set; }

    /// <summary>
    /// The path of a page that monitors the session at the provider (OIDC Session Management 1.0), to be embedded as a hidden frame in pages of the application. Not set by default: there is no such page,
    /// and <c>session_state</c> is not stored with the session.
    /// </summary>
    /// <remarks>
    /// When the user signs out or another user signs in at the provider in the same browser, the event <c>authentiq-session-changed</c> is dispatched on the frame element and bubbles to the document.
    /// The page can then challenge with <c>Prompt = "none"</c>. In browsers that block the provider's cookies in frames, the event is not raised; back-channel logout does not depend on it.
    /// </remarks>
    public PathString CheckSessionPath { get; set; }

    /// <summary>How the provider displays its page: <c>page</c>, <c>popup</c> or <c>modal</c>. <see langword="null"/>, the default, sends no value; the provider then uses <c>page</c>.</summary>
    public string? Display { get; set; }

    /// <summary>The preferred languages of the user, in order of preference: BCP 47 tags separated by spaces. Default: <see langword="null"/>, no preference.</summary>
    public string? UiLocales { get; set; }

    /// <summary>Values of the configuration section that cannot be read. They are reported at startup with all other errors.</summary>
    internal List<string> ConfigurationErrors { get; } = [];

    /// <summary>Values from the local emulator, applied before the application's code; <see langword="null"/> without the emulator.</summary>
    internal EmulatorValues? EmulatorValues { get; set; }

    /// <summary>The option values that the package has read to complete these options; <see langword="null"/> before that.</summary>
    internal UsedOptions? Used { get; set; }

    /// <summary>Validates the provider's tokens. It is created when the options are complete.</summary>
    internal TokenValidator? TokenValidator { get; set; }

    /// <summary>The metrics of requests to the provider.</summary>
    internal Metrics? Metrics { get; set; }
}
