namespace Authentiq.Emulator;

/// <summary>Issues access tokens for userinfo.</summary>
internal static class AccessTokenIssuer
{
    public static string Issue(EmulatorState state, Grant grant)
    {
        var token = state.Options.AccessTokenFormat == AccessTokenFormat.Jwt ? Signed(state, grant) : RandomKey.Create();
        state.AccessTokens.Add(token, grant);
        return token;
    }

    private static string Signed(EmulatorState state, Grant grant)
    {
        var now = state.Clock.GetUtcNow();
        var draft = new TokenDraft(SigningAlgorithms.RS256, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = state.Issuer.AbsoluteUri,
            ["sub"] = grant.Session.Persona.Subject,
            ["aud"] = grant.Client.ClientId,
            ["client_id"] = grant.Client.ClientId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + state.AccessTokens.Lifetime).ToUnixTimeSeconds(),
            ["jti"] = RandomKey.Create(16),
            ["scope"] = grant.Scope,
        });
        draft.Header["typ"] = "at+jwt";
        state.Faults.TakeToken(TokenKind.AccessToken)?.Invoke(draft);
        return TokenSigner.Sign(draft, state.Keys, grant.Client.ClientSecret);
    }
}
