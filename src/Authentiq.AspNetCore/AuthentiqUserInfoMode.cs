namespace Authentiq.AspNetCore;

/// <summary>When the userinfo endpoint is asked (OpenID Connect Core 1.0 §5.3).</summary>
public enum AuthentiqUserInfoMode
{
    /// <summary>Only when a granted scope has left none of its claims in the ID token. The provider puts the same claims in both, so this normally saves the call.</summary>
    WhenNeeded,

    /// <summary>At every sign-in.</summary>
    Always,

    /// <summary>Never: what the ID token does not say stays unknown.</summary>
    Never,
}
