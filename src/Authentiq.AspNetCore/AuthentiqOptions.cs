using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// How an application signs people in with Authentiq. Bound from the configuration section <c>Authentication:Schemes:Authentiq</c>; code beats configuration.
/// Every mistake is reported when the application starts. What is inherited keeps its meaning, with the provider's defaults.
/// </summary>
public class AuthentiqOptions : OpenIdConnectOptions
{
    /// <summary>Sets the provider's defaults.</summary>
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
    /// How the client secret travels to the token endpoint: <c>client_secret_basic</c> (the default) or <c>client_secret_post</c>, as the client is registered.
    /// See <see cref="AuthentiqTokenEndpointAuthMethods"/>.
    /// </summary>
    public string TokenEndpointAuthMethod { get; set; } = AuthentiqTokenEndpointAuthMethods.ClientSecretBasic;

    /// <summary>
    /// The signature algorithms that this client's tokens may carry, as registered with the provider: one name, or several separated by spaces (<c>"HS256 RS256"</c>).
    /// Unset, the default, accepts <c>HS256</c> with the client secret and <c>RS256</c>, <c>PS256</c>, <c>ES256</c> with the provider's keys. Set it: a pinned algorithm is one choice less
    /// for an attacker. <c>none</c> opts in to unsigned ID tokens, only those fetched from the token endpoint over https (OpenID Connect Core 1.0 §3.1.3.7).
    /// </summary>
    public string? IdTokenSignedResponseAlg { get; set; }

    /// <summary>
    /// Accepts HS256 signatures under a client secret shorter than 256 bits, which RFC 7518 §3.2 forbids: whoever sees one ID token can guess a short secret offline.
    /// Off by default. Ask the provider for a longer secret instead.
    /// </summary>
    public bool AllowShortClientSecrets { get; set; }

    /// <summary>
    /// Lets <c>ResponseType</c> be <c>token</c>: an access token alone, which proves nothing about who is there, as any other client's would do (RFC 6749 §10.16). Only one that is a JWT, signed by the
    /// one rule and issued to this client (<c>aud</c> or <c>azp</c>), is then accepted, with the identity from userinfo. Off by default. Use <c>code</c> instead.
    /// </summary>
    public bool AllowSignInByAccessToken { get; set; }

    /// <summary>When the userinfo endpoint is asked. Default: <see cref="AuthentiqUserInfoMode.WhenNeeded"/>.</summary>
    public AuthentiqUserInfoMode UserInfoMode { get; set; }

    /// <summary>
    /// Makes a failing userinfo endpoint fail the sign-in. Off by default: the person is signed in without the claims that were missing. An answer about another person is refused either way.
    /// </summary>
    public bool RequireUserInfo { get; set; }

    /// <summary>Where endpoints, issuer and keys come from. Default: <see cref="AuthentiqMetadataMode.Auto"/>.</summary>
    public AuthentiqMetadataMode MetadataMode { get; set; }

    /// <summary>
    /// A page of the application for sign-ins that did not complete. The browser arrives there by GET with <c>error</c> (see <see cref="AuthentiqErrors"/>), <c>returnUrl</c> (local) and
    /// <c>reference</c> (to quote to support; it is in the log). Unset, the default, shows a built-in page. The order is: the application's events, then
    /// <c>AccessDeniedPath</c> (when the person declined), then this, then the built-in page.
    /// </summary>
    public PathString ErrorPath { get; set; }

    /// <summary>
    /// The path of a page that watches the session at the provider (OIDC Session Management 1.0), to be embedded as a hidden frame in the application's pages. Unset, the default, there is none,
    /// and the session does not carry the provider's <c>session_state</c>.
    /// </summary>
    /// <remarks>
    /// When the person signs out or somebody else signs in at the provider in the same browser, the frame's element gets the event <c>authentiq-session-changed</c>, which bubbles to the document.
    /// The page may then challenge with <c>Prompt = "none"</c>. Browsers that keep the provider's cookies out of frames tell of nothing; the back channel does not depend on them.
    /// </remarks>
    public PathString CheckSessionPath { get; set; }

    /// <summary>How the provider shows its page: <c>page</c>, <c>popup</c> or <c>modal</c>. Unset leaves it to the provider, whose default is <c>page</c>.</summary>
    public string? Display { get; set; }

    /// <summary>The languages that the person prefers, most preferred first: BCP 47 tags separated by spaces.</summary>
    public string? UiLocales { get; set; }

    /// <summary>What the configuration section holds that cannot be read; reported with every other mistake at start-up.</summary>
    internal List<string> ConfigurationErrors { get; } = [];

    /// <summary>What the local emulator has supplied, before the application's code; <see langword="null"/> without it.</summary>
    internal EmulatorValues? EmulatorValues { get; set; }

    /// <summary>What the package has used to complete these options; <see langword="null"/> before that.</summary>
    internal UsedOptions? Used { get; set; }

    /// <summary>The one rule for the provider's tokens, made of these options when they are complete.</summary>
    internal TokenValidator? TokenValidator { get; set; }

    /// <summary>Where requests to the provider are recorded.</summary>
    internal Metrics? Metrics { get; set; }
}
