using System.Collections.Frozen;

namespace Authentiq.AspNetCore;

/// <summary>The error codes that the specifications define, and what each means for a sign-in. The provider's free text is neither shown nor logged.</summary>
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

    /// <summary>The code as it may be logged.</summary>
    public static string Known(string? error) => error is not null && Meanings.ContainsKey(error) ? error : "(not one of the specifications)";

    /// <summary>The failure that an error in the answer stands for.</summary>
    public static SignInFailure ToFailure(string error) =>
        new(Meanings.GetValueOrDefault(error, AuthentiqErrors.ProviderError), $"the provider answered with the error '{Known(error)}'");
}
