namespace Authentiq.AspNetCore;

/// <summary>The type and source of a token, which determine how it is validated.</summary>
internal enum TokenUse
{
    /// <summary>An ID token of the authorization response: must be signed.</summary>
    BrowserIdToken,

    /// <summary>An ID token of the token endpoint: may be unsigned if the application accepts <c>none</c> (OpenID Connect Core 1.0 §3.1.3.7).</summary>
    FetchedIdToken,

    /// <summary>A userinfo response as a JWT: must be signed; <c>exp</c> is optional (§5.3.2).</summary>
    UserInfo,

    /// <summary>An access token without an ID token: must be signed, and issued to this client (<c>aud</c>, <c>azp</c> or <c>client_id</c>).</summary>
    AccessToken,

    /// <summary>A logout token: must be signed; without <c>exp</c>, its age is limited.</summary>
    LogoutToken,
}
