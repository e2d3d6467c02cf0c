namespace Authentiq.Emulator;

/// <summary>Signs the claims of userinfo for a client with a registered algorithm (OIDC Core §5.3.2).</summary>
internal static class UserInfoIssuer
{
    public static string Issue(EmulatorState state, EmulatorClient client, string algorithm, IDictionary<string, object> claims)
    {
        var draft = new TokenDraft(algorithm, claims);
        draft.Payload.TryAdd("iss", state.Issuer.AbsoluteUri);
        draft.Payload.TryAdd("aud", state.Options.AudienceAsArray ? new[] { client.ClientId } : client.ClientId);
        state.Faults.TakeToken(TokenKind.UserInfo)?.Invoke(draft);
        return TokenSigner.Sign(draft, state.Keys, client.ClientSecret);
    }
}
