using System.Collections.Frozen;

namespace Authentiq.AspNetCore;

/// <summary>Maps the error codes of the specifications to <see cref="AuthentiqErrors"/>. The provider's <c>error_description</c> is not shown or logged.</summary>
internal static class ProviderErrors
{
    // RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core 1.0 §3.1.2.6, RFC 9126 §2.3.
    private static readonly FrozenDictionary<string, string> Meanings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["access_denied"] = AuthentiqErrors.AccessDenied,
        ["login_required"] = AuthentiqErrors.InteractionRequired,
        ["consent_required"] = AuthentiqErrors.InteractionRequired,
        ["interaction_required"] = AuthentiqErrors.InteractionRequired,
        ["account_selection_required"] = AuthentiqErrors.InteractionRequired,
        ["temporarily_unavailable"] = AuthentiqErrors.ProviderUnavailable,
        ["server_error"] = AuthentiqErrors.ProviderUnavailable,
        ["invalid_request"] = AuthentiqErrors.ProviderError,
        ["invalid_client"] = AuthentiqErrors.ProviderError,
        ["invalid_grant"] = AuthentiqErrors.ProviderError,
        ["invalid_scope"] = AuthentiqErrors.ProviderError,
        ["unauthorized_client"] = AuthentiqErrors.ProviderError,
        ["unsupported_grant_type"] = AuthentiqErrors.ProviderError,
        ["unsupported_response_type"] = AuthentiqErrors.ProviderError,
        ["invalid_request_uri"] = AuthentiqErrors.ProviderError,
        ["invalid_request_object"] = AuthentiqErrors.ProviderError,
        ["request_not_supported"] = AuthentiqErrors.ProviderError,
        ["request_uri_not_supported"] = AuthentiqErrors.ProviderError,
        ["registration_not_supported"] = AuthentiqErrors.ProviderError,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The error code for the log: unknown codes are replaced.</summary>
    public static string Known(string? error) => error is not null && Meanings.ContainsKey(error) ? error : "(unknown)";

    /// <summary>Converts an error response of the provider into a failure.</summary>
    public static SignInFailure ToFailure(string error) =>
        new(Meanings.GetValueOrDefault(error, AuthentiqErrors.ProviderError), $"the provider returned the error '{Known(error)}'");
}
