using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Stores the tokens with the session for a sign-in without an ID token, where the base handler does not store them. The names are the same, so that <c>GetTokenAsync</c> returns them.</summary>
internal static class SavedTokens
{
    private const string ExpiresAt = "expires_at";

    public static void Store(OpenIdConnectMessage response, AuthenticationProperties properties, TimeProvider clock)
    {
        var tokens = new List<AuthenticationToken>();
        Add(tokens, OpenIdConnectParameterNames.AccessToken, response.AccessToken);
        Add(tokens, OpenIdConnectParameterNames.RefreshToken, response.RefreshToken);
        Add(tokens, OpenIdConnectParameterNames.TokenType, response.TokenType);
        if (int.TryParse(response.ExpiresIn, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
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
