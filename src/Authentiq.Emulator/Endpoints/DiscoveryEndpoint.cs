using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>What the provider says of itself (OpenID Connect Discovery 1.0 §3).</summary>
internal static class DiscoveryEndpoint
{
    public static IResult Answer(EmulatorState state) => Results.Json(new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["issuer"] = state.Issuer.AbsoluteUri,
        ["authorization_endpoint"] = state.Address(EmulatorPaths.Authorize),
        ["token_endpoint"] = state.Address(EmulatorPaths.Token),
        ["userinfo_endpoint"] = state.Address(EmulatorPaths.UserInfo),
        ["jwks_uri"] = state.Address(EmulatorPaths.Keys),
        ["end_session_endpoint"] = state.Address(EmulatorPaths.EndSession),
        ["scopes_supported"] = ScopeCatalog.Names,
        ["claims_supported"] = ScopeCatalog.Claims,
        ["response_types_supported"] = ResponseType.All,
        ["response_modes_supported"] = AuthorizationRequest.ResponseModes,
        ["grant_types_supported"] = new[] { "authorization_code", "implicit" },
        ["subject_types_supported"] = new[] { "pairwise" },
        ["id_token_signing_alg_values_supported"] = SigningAlgorithms.All,
        ["token_endpoint_auth_methods_supported"] = TokenEndpointAuthMethods.All,
        ["code_challenge_methods_supported"] = new[] { "S256" },
        ["prompt_values_supported"] = new[] { "none", "login", "consent" },
        ["display_values_supported"] = new[] { "page", "popup", "modal" },
        ["authorization_response_iss_parameter_supported"] = state.Options.IssuerParameter,
    });
}
