using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// What one challenge asks for, beside or instead of the options: pass it to <c>HttpContext.ChallengeAsync</c> or <c>Results.Challenge</c>.
/// Nothing of it outlives the request to the provider.
/// </summary>
/// <remarks><c>Prompt</c>, <c>MaxAge</c> and <c>Scope</c> (which replaces the configured scopes) are inherited.</remarks>
public class AuthentiqChallengeProperties : OpenIdConnectChallengeProperties
{
    internal const string DisplayKey = "display";
    internal const string UiLocalesKey = "ui_locales";
    internal const string LoginHintKey = "login_hint";
    internal const string AdditionalScopesKey = "authentiq.additional_scopes";

    /// <summary>How the provider shows its page: <c>page</c>, <c>popup</c> or <c>modal</c>.</summary>
    public string? Display
    {
        get => GetParameter<string>(DisplayKey);
        set => SetParameter(DisplayKey, value);
    }

    /// <summary>The languages that the person prefers: BCP 47 tags separated by spaces.</summary>
    public string? UiLocales
    {
        get => GetParameter<string>(UiLocalesKey);
        set => SetParameter(UiLocalesKey, value);
    }

    /// <summary>Who is expected to sign in, such as an e-mail address (OpenID Connect Core 1.0 §3.1.2.1).</summary>
    public string? LoginHint
    {
        get => GetParameter<string>(LoginHintKey);
        set => SetParameter(LoginHintKey, value);
    }

    /// <summary>Scopes to ask for on top of the configured ones. A scope that is there already keeps the stricter of the two forms.</summary>
    [SuppressMessage("Usage", "CA2227", Justification = "Set in an object initializer, as the inherited Scope is.")]
    public ICollection<AuthentiqScope>? AdditionalScopes
    {
        get => GetParameter<ICollection<AuthentiqScope>>(AdditionalScopesKey);
        set => SetParameter(AdditionalScopesKey, value);
    }
}
