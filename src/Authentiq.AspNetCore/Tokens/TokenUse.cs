namespace Authentiq.AspNetCore;

/// <summary>How a token reached us, which decides what it must prove.</summary>
internal enum TokenUse
{
    /// <summary>Through the person's browser: always signed.</summary>
    BrowserIdToken,

    /// <summary>In the answer to our own request: may be unsigned when the application opted in (OpenID Connect Core 1.0 §3.1.3.7).</summary>
    FetchedIdToken,

    /// <summary>A signed userinfo answer: signed always, lifetime optional (§5.3.2).</summary>
    UserInfo,

    /// <summary>The provider's notice that somebody has signed out: signed always, and old ones are told by their age when they do not say when they expire.</summary>
    LogoutToken,
}
