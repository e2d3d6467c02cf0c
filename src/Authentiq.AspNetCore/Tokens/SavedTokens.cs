using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Keeps the tokens with the session where the base handler, which wants an ID token, does not come to it: under the same names, so that <c>GetTokenAsync</c> finds them.</summary>
internal static class SavedTokens
{
    private const string ExpiresAt = "expires_at";

    public static void Keep(OpenIdConnectMessage answer, AuthenticationProperties properties, TimeProvider clock)
    {
        var tokens = new List<AuthenticationToken>();
        Add(tokens, OpenIdConnectParameterNames.AccessToken, answer.AccessToken);
        Add(tokens, OpenIdConnectParameterNames.RefreshToken, answer.RefreshToken);
        Add(tokens, OpenIdConnectParameterNames.TokenType, answer.TokenType);
        if (int.TryParse(answer.ExpiresIn, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            Add(tokens, ExpiresAt, clock.GetUtcNow().AddSeconds(seconds).ToString("o", CultureInfo.InvariantCulture));
        }

        properties.StoreTokens(tokens);
    }

    private static void Add(List<AuthenticationToken> tokens, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            tokens.Add(new AuthenticationToken { Name = name, Value = value });
        }
    }
}
