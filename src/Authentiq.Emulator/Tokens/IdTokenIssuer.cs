using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>Issues ID tokens (OIDC Core §2, with the claims of the provider).</summary>
internal static class IdTokenIssuer
{
    /// <summary>Issues the ID token of a grant, and applies the next queued fault.</summary>
    public static string Issue(EmulatorState state, Grant grant, bool frontChannel, string? code = null, string? accessToken = null)
    {
        var draft = Draft(state, grant.Client, grant.Session, grant.Scopes, frontChannel);
        draft.Payload["auth_time"] = grant.AuthTime.ToUnixTimeSeconds();
        if (grant.Nonce is { } nonce)
        {
            draft.Payload["nonce"] = nonce;
        }

        state.Faults.TakeToken(TokenKind.IdToken)?.Invoke(draft);
        AddHashes(draft, code, accessToken);
        return TokenSigner.Sign(draft, state.Keys, grant.Client.ClientSecret);
    }

    /// <summary>Issues an ID token without a sign-in.</summary>
    public static string Issue(EmulatorState state, EmulatorClient client, Persona persona, Action<TokenDraft>? edit)
    {
        var session = new EmulatorSession(persona, state.Clock.GetUtcNow());
        var draft = Draft(state, client, session, [.. ScopeCatalog.Names.Where(scope => ScopeCatalog.Has(persona, scope))], frontChannel: false);
        edit?.Invoke(draft);
        return TokenSigner.Sign(draft, state.Keys, client.ClientSecret);
    }

    private static TokenDraft Draft(EmulatorState state, EmulatorClient client, EmulatorSession session, IReadOnlyList<string> scopes, bool frontChannel)
    {
        var now = state.Clock.GetUtcNow();
        var payload = ScopeCatalog.Select(session.Persona, scopes);
        payload["iss"] = state.Issuer.AbsoluteUri;
        payload["sub"] = session.Persona.Subject;
        payload["aud"] = state.Options.AudienceAsArray ? new[] { client.ClientId } : client.ClientId;
        payload["azp"] = client.ClientId;
        payload["iat"] = payload["nbf"] = now.ToUnixTimeSeconds();
        payload["exp"] = (now + state.Options.IdTokenLifetime).ToUnixTimeSeconds();
        payload["auth_time"] = session.AuthTime.ToUnixTimeSeconds();
        payload["jti"] = RandomKey.Create(16);
        payload["sid"] = session.SessionId;
        payload["scope"] = string.Join(' ', scopes.Where(scope => scope != ScopeCatalog.OpenId));
        return new(client.IdTokenAlgorithm(frontChannel), payload);
    }

    // The hash function follows from the signature algorithm (OIDC Core §3.1.3.6), so an unsigned token has no hash.
    private static void AddHashes(TokenDraft draft, string? code, string? accessToken)
    {
        if (draft.Algorithm == SigningAlgorithms.None)
        {
            return;
        }

        if (accessToken is not null)
        {
            draft.Payload.TryAdd("at_hash", LeftHalf(accessToken, draft.Algorithm));
        }

        if (code is not null)
        {
            draft.Payload.TryAdd("c_hash", LeftHalf(code, draft.Algorithm));
        }
    }

    private static string LeftHalf(string value, string algorithm)
    {
        var bytes = Encoding.ASCII.GetBytes(value);
        var hash = algorithm[^3..] switch
        {
            "384" => SHA384.HashData(bytes),
            "512" => SHA512.HashData(bytes),
            _ => SHA256.HashData(bytes),
        };
        return Base64UrlEncoder.Encode(hash[..(hash.Length / 2)]);
    }
}
