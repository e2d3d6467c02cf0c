namespace Authentiq.Emulator;

/// <summary>Issues logout tokens (OIDC Back-Channel Logout §2.4).</summary>
internal static class LogoutTokenIssuer
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    // The specification recommends two minutes at most, which limits replay.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>Issues the logout token of a session, and applies the next queued fault.</summary>
    public static string Issue(EmulatorState state, EmulatorClient client, EmulatorSession session) =>
        Issue(state, client, session.Persona.Subject, session.SessionId, state.Faults.TakeToken(TokenKind.LogoutToken));

    public static string Issue(EmulatorState state, EmulatorClient client, string? subject, string? sessionId, Action<TokenDraft>? edit)
    {
        var draft = Draft(state, client);
        if (subject is not null)
        {
            draft.Payload["sub"] = subject;
        }

        if (sessionId is not null)
        {
            draft.Payload["sid"] = sessionId;
        }

        edit?.Invoke(draft);
        return TokenSigner.Sign(draft, state.Keys, client.ClientSecret);
    }

    private static TokenDraft Draft(EmulatorState state, EmulatorClient client)
    {
        var now = state.Clock.GetUtcNow();
        var draft = new TokenDraft(client.LogoutTokenAlgorithm, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = state.Issuer.AbsoluteUri,
            ["aud"] = state.Options.AudienceAsArray ? new[] { client.ClientId } : client.ClientId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
            ["jti"] = RandomKey.Create(16),
            ["events"] = new Dictionary<string, object>(StringComparer.Ordinal) { [LogoutEvent] = new Dictionary<string, object>(StringComparer.Ordinal) },
        });
        draft.Header["typ"] = "logout+jwt";
        return draft;
    }
}
