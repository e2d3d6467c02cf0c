using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The metadata (OpenID Connect Discovery §3). It contains only what the emulator supports.</summary>
internal sealed class DiscoveryEndpoint(EmulatorState state)
{
    public Task<IResult> HandleAsync(HttpContext http)
    {
        _ = http;
        var metadata = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = state.Issuer.AbsoluteUri,
            ["authorization_endpoint"] = state.Address(EmulatorPaths.Authorize),
            ["token_endpoint"] = state.Address(EmulatorPaths.Token),
            ["userinfo_endpoint"] = state.Address(EmulatorPaths.UserInfo),
            ["jwks_uri"] = state.Address(EmulatorPaths.Keys),
            ["end_session_endpoint"] = state.Address(EmulatorPaths.EndSession),
            ["check_session_iframe"] = state.Address(EmulatorPaths.SessionFrame),
            ["scopes_supported"] = ScopeCatalog.Names,
            ["claims_supported"] = ScopeCatalog.Claims,
            ["response_types_supported"] = ResponseType.All,
            ["response_modes_supported"] = AuthorizationRequest.ResponseModes,
            ["grant_types_supported"] = new[] { "authorization_code", "implicit" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = SigningAlgorithms.All,
            ["userinfo_signing_alg_values_supported"] = SigningAlgorithms.Signed,
            ["token_endpoint_auth_methods_supported"] = TokenEndpointAuthMethods.All,
            ["code_challenge_methods_supported"] = new[] { "S256" },
            ["prompt_values_supported"] = new[] { "none", "login", "consent" },
            ["display_values_supported"] = new[] { "page", "popup", "modal" },
            ["frontchannel_logout_supported"] = true,
            ["frontchannel_logout_session_supported"] = true,
            ["backchannel_logout_supported"] = true,
            ["backchannel_logout_session_supported"] = true,
            ["request_parameter_supported"] = false,
            ["request_uri_parameter_supported"] = false,
        };
        if (state.Options.IssuerParameter)
        {
            metadata["authorization_response_iss_parameter_supported"] = true;
        }

        if (state.Options.PushedAuthorizationRequests != PushedAuthorizationRequests.NotSupported)
        {
            metadata["pushed_authorization_request_endpoint"] = state.Address(EmulatorPaths.PushedAuthorization);
            metadata["require_pushed_authorization_requests"] = state.Options.PushedAuthorizationRequests == PushedAuthorizationRequests.Required;
        }

        return Task.FromResult<IResult>(new JsonResponse(metadata) { CacheControl = "no-cache" });
    }
}
