using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Authentiq.Emulator;

/// <summary>Authenticates a client with its registered method. A request with two methods is rejected (RFC 6749 §2.3).</summary>
internal static class ClientAuthentication
{
    private const string Basic = "Basic ";

    public static EmulatorClient? Authenticate(EmulatorClients clients, StringValues authorization, RequestParameters form, out JsonResponse? error)
    {
        error = null;
        var header = authorization.ToString();
        if (header.Length > 0 && form["client_secret"] is not null)
        {
            error = JsonResponse.Error("invalid_request", "The request contains more than one client authentication method.");
            return null;
        }

        var (method, id, secret) = header.Length > 0
            ? ReadBasic(header)
            : ReadForm(form);
        if (clients.Find(id) is { } client
            && client.TokenEndpointAuthMethod == method
            && (client.IsPublic || (secret is not null && client.HasSecret(secret)))
            && (form["client_id"] ?? id) == id)
        {
            return client;
        }

        error = JsonResponse.Error("invalid_client", "Client authentication failed.", StatusCodes.Status401Unauthorized, "Basic realm=\"Authentiq Connect emulator\"");
        return null;
    }

    private static (string Method, string? Id, string? Secret) ReadForm(RequestParameters form) => form["client_secret"] is { } secret
        ? (TokenEndpointAuthMethods.ClientSecretPost, form["client_id"], secret)
        : (TokenEndpointAuthMethods.None, form["client_id"], null);

    private static (string Method, string? Id, string? Secret) ReadBasic(string header)
    {
        var none = (TokenEndpointAuthMethods.ClientSecretBasic, (string?)null, (string?)null);
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) || DecodeBase64(header[Basic.Length..].Trim()) is not { } credentials)
        {
            return none;
        }

        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? none
            : (TokenEndpointAuthMethods.ClientSecretBasic, DecodeForm(credentials[..colon]), DecodeForm(credentials[(colon + 1)..]));
    }

    private static string? DecodeBase64(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    // Both halves are form-urlencoded before they are joined (RFC 6749 §2.3.1).
    private static string? DecodeForm(string value)
    {
        for (var i = value.IndexOf('%', StringComparison.Ordinal); i >= 0; i = value.IndexOf('%', i + 1))
        {
            if (i + 2 >= value.Length || !char.IsAsciiHexDigit(value[i + 1]) || !char.IsAsciiHexDigit(value[i + 2]))
            {
                return null;
            }
        }

        return WebUtility.UrlDecode(value);
    }
}
