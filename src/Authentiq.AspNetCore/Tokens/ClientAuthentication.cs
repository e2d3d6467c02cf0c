using System.Net.Http.Headers;
using System.Text;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Authenticates the client to the provider (OpenID Connect Core 1.0 §9).</summary>
internal static class ClientAuthentication
{
    /// <summary>Creates a form request with the credentials of the client, by the configured authentication method.</summary>
    public static HttpRequestMessage CreateRequest(AuthentiqOptions options, string endpoint, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var form = parameters.Where(parameter => parameter.Value is not null).ToDictionary(StringComparer.Ordinal);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint);

        // client_id is in the body for both methods: the provider requires it.
        form[OpenIdConnectParameterNames.ClientId] = options.ClientId!;
        form.Remove(OpenIdConnectParameterNames.ClientSecret);
        if (options.TokenEndpointAuthMethod is AuthentiqTokenEndpointAuthMethods.ClientSecretPost)
        {
            form[OpenIdConnectParameterNames.ClientSecret] = options.ClientSecret!;
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", BasicCredentials(options.ClientId!, options.ClientSecret!));
        }

        request.Headers.Accept.ParseAdd("application/json");
        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    // RFC 6749 §2.3.1: both are form-encoded, so that a colon in a value is not the separator.
    private static string BasicCredentials(string id, string secret) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{FormEncode(id)}:{FormEncode(secret)}"));

    private static string FormEncode(string value) => Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal);
}
