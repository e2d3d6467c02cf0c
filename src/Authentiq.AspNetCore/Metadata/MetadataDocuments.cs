using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Fetches the two documents in which the provider describes itself, and believes them only when they are whole.</summary>
internal sealed class MetadataDocuments(AuthentiqOptions options)
{
    /// <summary>The discovery document (OpenID Connect Discovery 1.0 §4).</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="authority">Whose it must be; <see langword="null"/> when the application named the document itself.</param>
    public async Task<OpenIdConnectConfiguration> FetchMetadataAsync(string address, string? authority)
    {
        var body = await FetchAsync(address, ProviderEndpoint.Discovery);
        OpenIdConnectConfiguration metadata;
        try
        {
            metadata = OpenIdConnectConfiguration.Create(body);
        }
        catch (ArgumentException exception)
        {
            throw Unusable("the discovery document is not readable JSON", exception);
        }

        // §4.3: the issuer must be the authority. One slash at the end is forgiven here, once; tokens are compared exactly with what the document says.
        if (string.IsNullOrEmpty(metadata.Issuer) || (authority is not null && metadata.Issuer.WithSlash() != authority.WithSlash()))
        {
            throw Unusable($"the discovery document names the issuer '{LogText.Clean(metadata.Issuer)}', and Authority is '{authority}'");
        }

        RequireEndpoint(metadata.AuthorizationEndpoint, "authorization_endpoint");
        RequireEndpoint(metadata.TokenEndpoint, "token_endpoint");
        RequireEndpoint(metadata.JwksUri, "jwks_uri");
        foreach (var (endpoint, name) in new[] { (metadata.UserInfoEndpoint, "userinfo_endpoint"), (metadata.EndSessionEndpoint, "end_session_endpoint") })
        {
            if (!string.IsNullOrEmpty(endpoint))
            {
                RequireEndpoint(endpoint, name);
            }
        }

        return metadata;
    }

    /// <summary>The public keys (RFC 7517 §5).</summary>
    public async Task<IReadOnlyList<SecurityKey>> FetchKeysAsync(string address)
    {
        var body = await FetchAsync(address, ProviderEndpoint.Keys);
        try
        {
            return SigningKeys.Asymmetric(new JsonWebKeySet(body).GetSigningKeys()) is { Count: > 0 } keys ? keys : throw Unusable("the key set holds no key that can check a signature");
        }
        catch (ArgumentException exception)
        {
            throw Unusable("the key set is not readable JSON", exception);
        }
    }

    private async Task<string> FetchAsync(string address, ProviderEndpoint endpoint)
    {
        if (!SecureTransport.IsAcceptable(address, options))
        {
            throw Unusable($"the address of the {endpoint.Description} is not https");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        var response = await Backchannel.SendAsync(options, request, endpoint, CancellationToken.None);
        return response.Status.IsSuccess() ? response.ReadBody() : throw Unusable($"the address of the {endpoint.Description} answered {(int)response.Status}");
    }

    private void RequireEndpoint(string? endpoint, string name)
    {
        if (!SecureTransport.IsAcceptable(endpoint, options))
        {
            throw Unusable($"the discovery document has no usable {name}: it must be an absolute https address");
        }
    }

    private static SignInException Unusable(string reason, Exception? cause = null) => new SignInFailure(AuthentiqErrors.ProviderUnavailable, reason, cause).ToException();
}
