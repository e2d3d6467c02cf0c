using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Parameters of a single challenge, which override or extend the options. Pass it to <c>HttpContext.ChallengeAsync</c> or <c>Results.Challenge</c>.
/// The parameters are not stored with the session.
/// </summary>
/// <remarks><c>Prompt</c>, <c>MaxAge</c> and <c>Scope</c> (which replaces the configured scopes) are inherited.</remarks>
public class AuthentiqChallengeProperties : OpenIdConnectChallengeProperties
{
    internal const string DisplayKey = "display";
    internal const string UiLocalesKey = "ui_locales";
    internal const string LoginHintKey = "login_hint";
    internal const string AdditionalScopesKey = "authentiq.additional_scopes";

    /// <summary>How the provider displays its page: <c>page</c>, <c>popup</c> or <c>modal</c>. Default: <see cref="AuthentiqOptions.Display"/>.</summary>
    public string? Display
    {
        get => GetParameter<string>(DisplayKey);
        set => SetParameter(DisplayKey, value);
    }

    /// <summary>The preferred languages of the user: BCP 47 tags separated by spaces. Default: <see cref="AuthentiqOptions.UiLocales"/>.</summary>
    public string? UiLocales
    {
        get => GetParameter<string>(UiLocalesKey);
        set => SetParameter(UiLocalesKey, value);
    }

    /// <summary>A hint about the user who is expected to sign in, such as an e-mail address (OpenID Connect Core 1.0 §3.1.2.1). Default: none.</summary>
    public string? LoginHint
    {
        get => GetParameter<string>(LoginHintKey);
        set => SetParameter(LoginHintKey, value);
    }

    /// <summary>Scopes to request in addition to the configured ones. If a scope is configured already, the modifiers of both apply.</summary>
    [SuppressMessage("Usage", "CA2227", Justification = "Set in an object initializer, like the inherited Scope.")]
    public ICollection<AuthentiqScope>? AdditionalScopes
    {
        get => GetParameter<ICollection<AuthentiqScope>>(AdditionalScopesKey);
        set => SetParameter(AdditionalScopesKey, value);
    }
}
