using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>Validates an ID token that returns to its issuer as a hint. It may have expired (OIDC RP-Initiated Logout §2).</summary>
internal static class IdTokenHintReader
{
    private const int SignedTokenDots = 2;

    private static readonly JsonWebTokenHandler Handler = new();

    /// <returns>The content of the token, or null if this provider did not issue it.</returns>
    public static async Task<IdTokenHint?> ReadAsync(EmulatorState state, string token)
    {
        if (Parse(token) is not { } jwt || !jwt.TryGetPayloadValue<string>("azp", out var clientId) || state.Clients.Find(clientId) is not { } client
            || !jwt.TryGetPayloadValue<string>("sid", out var sessionId) || !await IsIssuedHereAsync(state, client, jwt))
        {
            return null;
        }

        return new(client, jwt.Subject, sessionId);
    }

    private static JsonWebToken? Parse(string token)
    {
        // A token of five parts is encrypted. The emulator does not issue any.
        if (token.Count(character => character == '.') != SignedTokenDots)
        {
            return null;
        }

        try
        {
            return new(token);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or SecurityTokenException)
        {
            // The value has three parts and is not a token.
            return null;
        }
    }

    private static async Task<bool> IsIssuedHereAsync(EmulatorState state, EmulatorClient client, JsonWebToken jwt)
    {
        var isUnsigned = jwt.Alg == SigningAlgorithms.None;
        if (jwt.Alg != client.IdTokenAlgorithm(frontChannel: false) && jwt.Alg != client.IdTokenAlgorithm(frontChannel: true))
        {
            return false;
        }

        var result = await Handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidIssuer = state.Issuer.AbsoluteUri,
            ValidAudience = client.ClientId,
            ValidateLifetime = false,
            RequireSignedTokens = !isUnsigned,
            ValidAlgorithms = isUnsigned ? null : [jwt.Alg],
            IssuerSigningKeys = isUnsigned ? null : state.Keys.ValidationKeys(jwt.Alg, client.ClientSecret),
        });
        return result.IsValid;
    }
}
