namespace Authentiq.AspNetCore;

/// <summary>When the userinfo endpoint is called (OpenID Connect Core 1.0 §5.3).</summary>
public enum AuthentiqUserInfoMode
{
    /// <summary>Only when the ID token contains no claim of a granted scope. The provider includes the same claims in both, so that the call is normally not needed.</summary>
    WhenNeeded,

    /// <summary>At every sign-in.</summary>
    Always,

    /// <summary>Never: the user has only the claims of the ID token.</summary>
    Never,
}
