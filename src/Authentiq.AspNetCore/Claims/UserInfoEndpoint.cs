using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Asks the userinfo endpoint (OpenID Connect Core 1.0 §5.3).</summary>
internal static class UserInfoEndpoint
{
    /// <summary>Whether the answer could say something that the ID token does not.</summary>
    public static bool IsNeeded(AuthentiqUserInfoMode mode, IReadOnlySet<string> granted, ClaimsIdentity identity) => mode switch
    {
        AuthentiqUserInfoMode.Always => true,
        AuthentiqUserInfoMode.Never => false,
        _ => granted.Any(scope => ScopeClaims.Of(scope) is { Count: > 0 } claims && !claims.Any(claim => identity.HasClaim(held => held.Type == claim))),
    };

    /// <summary>Fetches and checks the answer.</summary>
    /// <param name="options">How to reach it.</param>
    /// <param name="endpoint">Where it is.</param>
    /// <param name="accessToken">What to ask it with.</param>
    /// <param name="subject">Who it must be about; <see langword="null"/> when the answer is to say so.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="SignInException">There is no usable answer (<see cref="AuthentiqErrors.ProviderUnavailable"/>), or it is one that must not be believed (<see cref="AuthentiqErrors.InvalidToken"/>).</exception>
    public static async Task<JsonDocument> FetchAsync(AuthentiqOptions options, string? endpoint, string? accessToken, string? subject, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(endpoint) || string.IsNullOrEmpty(accessToken))
        {
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "there is no userinfo endpoint, or no access token to ask it with").ToException();
        }

        if (!SecureTransport.IsAcceptable(endpoint, options))
        {
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "the userinfo endpoint is not https: the access token is not sent there").ToException();
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("application/jwt");

        var response = await Backchannel.SendAsync(options, request, ProviderEndpoint.UserInfo, cancellationToken);
        if (!response.Status.IsSuccess())
        {
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, $"the userinfo endpoint answered {(int)response.Status}").ToException();
        }

        var json = response.MediaType switch
        {
            "application/json" => response.ReadBody(),
            "application/jwt" => await VerifyAsync(options.TokenValidator!, response.ReadBody(), cancellationToken),
            _ => throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "the userinfo endpoint answered something else than JSON").ToException(),
        };

        return CheckSubject(Parse(json), subject);
    }

    private static async Task<string> VerifyAsync(TokenValidator tokens, string token, CancellationToken cancellationToken)
    {
        var result = await tokens.ValidateAsync(token, TokenUse.UserInfo, cancellationToken);
        return result.IsValid
            ? Base64UrlEncoder.Decode(token.Split('.')[1])
            : throw new SignInFailure(AuthentiqErrors.InvalidToken, "the signed userinfo answer is refused: " + FailureReasons.Of(result.Exception)).ToException();
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            ReadEveryText(json);
            return JsonDocument.Parse(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "the userinfo endpoint answered JSON that cannot be read").ToException();
        }
    }

    // A text with half of a surrogate pair in it is found out when it is read, which would be too late.
    private static void ReadEveryText(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                _ = reader.GetString();
            }
        }
    }

    // §5.3.2: an answer about another person, or about nobody, must not be used.
    private static JsonDocument CheckSubject(JsonDocument document, string? subject)
    {
        if (document.RootElement.ValueKind is JsonValueKind.Object
            && document.RootElement.TryGetProperty(AuthentiqClaimTypes.Subject, out var sub)
            && sub.ValueKind is JsonValueKind.String
            && sub.GetString() is { Length: > 0 and <= 255 } answered
            && (subject is null || string.Equals(answered, subject, StringComparison.Ordinal)))
        {
            return document;
        }

        document.Dispose();
        throw new SignInFailure(AuthentiqErrors.InvalidToken, "the userinfo answer is about nobody, or about somebody else than the token that asked").ToException();
    }
}
