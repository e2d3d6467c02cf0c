namespace Authentiq.Emulator;

/// <summary>The endpoints of the emulator.</summary>
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

    /// <summary>The sign-in page and its forms, <c>/signin/{id}</c>; without the polls for its status.</summary>
    SignIn,

    /// <summary>The page of the simulated phone and its forms, <c>/phone</c>.</summary>
    Phone,

    /// <summary>The session frame, <c>/authorize/iframe</c> or <c>/{client_id}/iframe</c>; without its later checks.</summary>
    SessionFrame,

    /// <summary>The pushed authorization request endpoint, <c>/par</c>.</summary>
    PushedAuthorization,
}
