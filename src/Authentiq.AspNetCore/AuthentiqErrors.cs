namespace Authentiq.AspNetCore;

/// <summary>
/// Error codes of a failed sign-in: the values of the <c>error</c> query parameter at <see cref="AuthentiqOptions.ErrorPath"/>. They are defined by this package and do not contain text of the provider.
/// The status code of the built-in page is in parentheses.
/// </summary>
public static class AuthentiqErrors
{
    /// <summary>The user declined on the phone or canceled the sign-in (403).</summary>
    public const string AccessDenied = "access_denied";

    /// <summary>A required scope was not granted, or the value of a signed scope is not verified (403).</summary>
    public const string ScopeNotGranted = "scope_not_granted";

    /// <summary>The application refused the sign-in: one of its event handlers called <c>Fail</c> (403).</summary>
    public const string Refused = "refused";

    /// <summary>The sign-in took longer than <c>RemoteAuthenticationTimeout</c>, or its response or authorization code was used before (400).</summary>
    public const string Expired = "expired";

    /// <summary>The response does not belong to this browser: the cookie of the sign-in is missing or was blocked, or the address was opened in another browser (400).</summary>
    public const string BrowserMismatch = "browser_mismatch";

    /// <summary>The callback request does not contain a valid response of the provider (400).</summary>
    public const string InvalidResponse = "invalid_response";

    /// <summary>A token of the provider failed validation (400).</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>The user signed out at the provider, on the phone or in another window, while the sign-in was in progress (403).</summary>
    public const string SignedOut = "signed_out";

    /// <summary>The provider requires user interaction: no user is signed in there, or consent is missing (400).</summary>
    public const string InteractionRequired = "interaction_required";

    /// <summary>The provider refused the request (502). The log contains its error code.</summary>
    public const string ProviderError = "provider_error";

    /// <summary>The provider is unavailable, or returned an unusable response (503).</summary>
    public const string ProviderUnavailable = "provider_unavailable";

    /// <summary>The session cannot be stored: the session store of the application is unavailable (503).</summary>
    public const string SessionsUnavailable = "sessions_unavailable";

    /// <summary>
    /// The session would be too large to store, and is not created (502): a cookie of more than 12 KB, or more than 64 KB with server-side sessions. The log message describes what to change; for a cookie, call
    /// <c>AddAuthentiqSessions</c>.
    /// </summary>
    public const string SessionTooLarge = "session_too_large";
}
