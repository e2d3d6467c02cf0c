namespace Authentiq.Emulator;

/// <summary>Where a request can go.</summary>
public enum EmulatorEndpoint
{
    /// <summary>The metadata, <c>/.well-known/openid-configuration</c>.</summary>
    Discovery,

    /// <summary>The signing keys, <c>/public-keys</c>.</summary>
    Keys,

    /// <summary>The authorization endpoint, <c>/authorize</c>.</summary>
    Authorize,

    /// <summary>The token endpoint, <c>/token</c>.</summary>
    Token,

    /// <summary>The userinfo endpoint, <c>/userinfo</c>.</summary>
    UserInfo,

    /// <summary>The end session endpoint, <c>/end_session</c>.</summary>
    EndSession,

    /// <summary>The sign-in page and what people do on it, <c>/signin/{id}</c>; not its regular look for news.</summary>
    SignIn,

    /// <summary>The page of the pretend phone and its buttons, <c>/phone</c>.</summary>
    Phone,
}
