using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Calls the userinfo endpoint (OpenID Connect Core 1.0 §5.3).</summary>
internal static class UserInfoEndpoint
{
    /// <summary>Whether the response can contain claims that the ID token does not.</summary>
    public static bool IsNeeded(AuthentiqUserInfoMode mode, IReadOnlySet<string> granted, ClaimsIdentity identity) => mode switch
    {
        AuthentiqUserInfoMode.Always => true,
        AuthentiqUserInfoMode.Never => false,
        _ => granted.Any(scope => ScopeClaims.Of(scope) is { Count: > 0 } claims && !claims.Any(claim => identity.HasClaim(existing => existing.Type == claim))),
    };

    /// <summary>Fetches and validates the response.</summary>
    /// <param name="options">The options of the scheme.</param>
    /// <param name="endpoint">The address of the endpoint.</param>
    /// <param name="accessToken">The access token for the request.</param>
    /// <param name="subject">The subject that the response must have; <see langword="null"/> when the response identifies the user.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="SignInException">There is no usable response (<see cref="AuthentiqErrors.ProviderUnavailable"/>), or its signature or subject is invalid (<see cref="AuthentiqErrors.InvalidToken"/>).</exception>
    public static async Task<JsonDocument> FetchAsync(AuthentiqOptions options, string? endpoint, string? accessToken, string? subject, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(endpoint) || string.IsNullOrEmpty(accessToken))
        {
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "there is no userinfo endpoint, or no access token for it").ToException();
        }

        if (!SecureTransport.IsAcceptable(endpoint, options))
        {
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "the userinfo endpoint is not https, and the access token was not sent").ToException();
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("application/jwt");

        var response = await Backchannel.SendAsync(options, request, ProviderEndpoint.UserInfo, cancellationToken);
        if (!response.Status.IsSuccess())
        {
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, $"the userinfo endpoint returned {(int)response.Status}").ToException();
        }

        var json = response.MediaType switch
        {
            "application/json" => response.ReadBody(),
            "application/jwt" => await VerifyAsync(options.TokenValidator!, response.ReadBody(), cancellationToken),
            _ => throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "the userinfo endpoint returned a content type other than JSON").ToException(),
        };

        return CheckSubject(Parse(json), subject);
    }

    private static async Task<string> VerifyAsync(TokenValidator tokens, string token, CancellationToken cancellationToken)
    {
        var result = await tokens.ValidateAsync(token, TokenUse.UserInfo, cancellationToken);
        return result.IsValid
            ? Base64UrlEncoder.Decode(token.Split('.')[1])
            : throw new SignInFailure(AuthentiqErrors.InvalidToken, "the signed userinfo response is invalid: " + FailureReasons.Of(result.Exception)).ToException();
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            ReadAllStrings(json);
            return JsonDocument.Parse(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "the userinfo endpoint returned invalid JSON").ToException();
        }
    }

    // A string with an unpaired surrogate throws only when it is read, which would be after validation.
    private static void ReadAllStrings(string json)
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

    // §5.3.2: a response for another user, or without a subject, must not be used.
    private static JsonDocument CheckSubject(JsonDocument document, string? subject)
    {
        if (document.RootElement.ValueKind is JsonValueKind.Object
            && document.RootElement.TryGetProperty(AuthentiqClaimTypes.Subject, out var sub)
            && sub.ValueKind is JsonValueKind.String
            && sub.GetString() is { Length: > 0 and <= 255 } received
            && (subject is null || string.Equals(received, subject, StringComparison.Ordinal)))
        {
            return document;
        }

        document.Dispose();
        throw new SignInFailure(AuthentiqErrors.InvalidToken, "the userinfo response identifies no user, or another user than the token").ToException();
    }
}
