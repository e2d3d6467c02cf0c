namespace Authentiq.Emulator;

/// <summary>The kinds of signed tokens.</summary>
public enum TokenKind
{
    /// <summary>An ID token, from the token endpoint or in an authorization response.</summary>
    IdToken,

    /// <summary>A logout token, posted to a client when a session ends.</summary>
    LogoutToken,

    /// <summary>The signed response of userinfo, for a client with a <see cref="EmulatorClient.UserInfoSignedResponseAlg"/>.</summary>
    UserInfo,

    /// <summary>An access token that is a <see cref="AccessTokenFormat.Jwt"/>.</summary>
    AccessToken,
}
