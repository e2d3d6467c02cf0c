using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Sends the authorization request to the provider directly, so that the browser carries only a reference to it (RFC 9126).</summary>
internal static class PushedAuthorization
{
    /// <summary>Sends the request, and stores the reference in the context.</summary>
    /// <param name="context">The authorization request.</param>
    /// <param name="options">The options of the scheme.</param>
    /// <param name="metadata">The metadata of the provider.</param>
    /// <param name="createRequest">Creates a request that authenticates the client.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="SignInException">The provider refused the request, or returned no usable response.</exception>
    public static async Task PushAsync(
        PushedAuthorizationContext context,
        AuthentiqOptions options,
        OpenIdConnectConfiguration metadata,
        Func<AuthentiqOptions, string, IEnumerable<KeyValuePair<string, string>>, HttpRequestMessage> createRequest,
        CancellationToken cancellationToken)
    {
        var endpoint = metadata.PushedAuthorizationRequestEndpoint;
        if (!SecureTransport.IsAcceptable(endpoint, options))
        {
            throw new SignInFailure(AuthentiqErrors.ProviderError, "the pushed authorization request endpoint is not https, and the client secret was not sent").ToException();
        }

        using var request = createRequest(options, endpoint, context.ProtocolMessage.Parameters);
        var response = await Backchannel.SendAsync(options, request, ProviderEndpoint.PushedAuthorization, cancellationToken);
        var (reference, error) = Read(response.ReadBody());
        if (!response.Status.IsSuccess())
        {
            throw (int)response.Status >= 500
                ? new SignInFailure(AuthentiqErrors.ProviderUnavailable, $"the pushed authorization request endpoint returned {(int)response.Status}").ToException()
                : new SignInFailure(AuthentiqErrors.ProviderError, $"the pushed authorization request endpoint returned {(int)response.Status} with the error '{ProviderErrors.Known(error)}'").ToException();
        }

        context.HandlePush(reference is { Length: > 0 }
            ? reference
            : throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "the pushed authorization request endpoint returned no request_uri").ToException());
    }

    private static (string? Reference, string? Error) Read(string body)
    {
        try
        {
            using var response = JsonDocument.Parse(body);
            return (Text(response.RootElement, "request_uri"), Text(response.RootElement, "error"));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement response, string name) =>
        response.ValueKind is JsonValueKind.Object && response.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
