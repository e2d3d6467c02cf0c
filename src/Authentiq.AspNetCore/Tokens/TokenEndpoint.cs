using System.Net;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Redeems a code for tokens (OpenID Connect Core 1.0 §3.1.3).</summary>
internal static class TokenEndpoint
{
    /// <summary>Sends the request. The response is read by <see cref="Read"/>.</summary>
    /// <exception cref="SignInException">The endpoint is not https, or there is no response.</exception>
    public static async Task<ProviderResponse> SendAsync(AuthentiqOptions options, string endpoint, OpenIdConnectMessage request, CancellationToken cancellationToken)
    {
        if (!SecureTransport.IsAcceptable(endpoint, options))
        {
            throw new SignInFailure(AuthentiqErrors.ProviderError, "the token endpoint is not https, and the client secret was not sent").ToException();
        }

        using var message = ClientAuthentication.CreateRequest(options, endpoint, request.Parameters);
        return await Backchannel.SendAsync(options, message, ProviderEndpoint.Token, cancellationToken);
    }

    /// <summary>Reads the tokens.</summary>
    /// <exception cref="SignInException">The provider refused the request, or returned an unusable response.</exception>
    public static OpenIdConnectMessage Read(ProviderResponse response)
    {
        if (response.Status.IsSuccess() && response.MediaType is not "application/json")
        {
            // RFC 6749 §5.1 requires JSON. A page or another text does not contain tokens.
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "the token endpoint returned a content type other than JSON").ToException();
        }

        var message = Parse(response);
        if (!response.Status.IsSuccess() || message.Error is not null)
        {
            throw ToFailure(response.Status, message.Error).ToException();
        }

        // RFC 6749 §7.1: a token of an unknown type must not be used.
        return string.Equals(message.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase)
            ? message
            : throw new SignInFailure(AuthentiqErrors.InvalidToken, "the token endpoint returned a token_type other than Bearer").ToException();
    }

    private static OpenIdConnectMessage Parse(ProviderResponse response)
    {
        try
        {
            return new OpenIdConnectMessage(response.ReadBody());
        }
        catch (ArgumentException)
        {
            var failure = response.Status is HttpStatusCode.Unauthorized
                ? ToFailure(response.Status, error: null)
                : new(AuthentiqErrors.ProviderUnavailable, $"the token endpoint returned {(int)response.Status} without valid JSON");
            throw failure.ToException();
        }
    }

    private static SignInFailure ToFailure(HttpStatusCode status, string? error)
    {
        if (status is HttpStatusCode.Unauthorized || error is "invalid_client")
        {
            return new(AuthentiqErrors.ProviderError, "the token endpoint refused the client's credentials: check ClientId, ClientSecret and TokenEndpointAuthMethod against the registration");
        }

        if (error is "invalid_grant")
        {
            return new(AuthentiqErrors.Expired, "the token endpoint refused the code: it was used before, has expired, or was issued for another request");
        }

        return (int)status >= 500
            ? new(AuthentiqErrors.ProviderUnavailable, $"the token endpoint returned {(int)status}")
            : new(AuthentiqErrors.ProviderError, $"the token endpoint returned {(int)status} with the error '{ProviderErrors.Known(error)}'");
    }
}
