using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Fetches and validates the discovery document and the key set of the provider.</summary>
internal sealed class MetadataDocuments(AuthentiqOptions options)
{
    /// <summary>Fetches the discovery document (OpenID Connect Discovery 1.0 §4).</summary>
    /// <param name="address">The address of the document.</param>
    /// <param name="authority">The authority, which the issuer must match; <see langword="null"/> when the application set <c>MetadataAddress</c>.</param>
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
            throw Invalid("the discovery document is not valid JSON", exception);
        }

        // §4.3: the issuer must be the authority. A difference of one trailing slash is accepted here. The issuer of a token must be exactly that of the document.
        if (string.IsNullOrEmpty(metadata.Issuer) || (authority is not null && metadata.Issuer.WithSlash() != authority.WithSlash()))
        {
            throw Invalid($"the discovery document names the issuer '{LogText.Clean(metadata.Issuer)}', and Authority is '{authority}'");
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

    /// <summary>Fetches the public keys (RFC 7517 §5).</summary>
    public async Task<IReadOnlyList<SecurityKey>> FetchKeysAsync(string address)
    {
        var body = await FetchAsync(address, ProviderEndpoint.Keys);
        try
        {
            return SigningKeys.Asymmetric(new JsonWebKeySet(body).GetSigningKeys()) is { Count: > 0 } keys ? keys : throw Invalid("the key set contains no key that can validate a signature");
        }
        catch (ArgumentException exception)
        {
            throw Invalid("the key set is not valid JSON", exception);
        }
    }

    private async Task<string> FetchAsync(string address, ProviderEndpoint endpoint)
    {
        if (!SecureTransport.IsAcceptable(address, options))
        {
            throw Invalid($"the address of the {endpoint.Description} is not https");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        var response = await Backchannel.SendAsync(options, request, endpoint, CancellationToken.None);
        return response.Status.IsSuccess() ? response.ReadBody() : throw Invalid($"the address of the {endpoint.Description} returned {(int)response.Status}");
    }

    private void RequireEndpoint(string? endpoint, string name)
    {
        if (!SecureTransport.IsAcceptable(endpoint, options))
        {
            throw Invalid($"the discovery document has no usable {name}: it must be an absolute https address");
        }
    }

    private static SignInException Invalid(string reason, Exception? cause = null) => new SignInFailure(AuthentiqErrors.ProviderUnavailable, reason, cause).ToException();
}
