namespace Authentiq.AspNetCore;

/// <summary>
/// Why a sign-in did not complete: the values of the <c>error</c> parameter at <see cref="AuthentiqOptions.ErrorPath"/>. They are ours, never the provider's own words.
/// In brackets the status of the built-in page.
/// </summary>
public static class AuthentiqErrors
{
    /// <summary>The person declined on the phone or pressed Cancel (403).</summary>
    public const string AccessDenied = "access_denied";

    /// <summary>A scope that was asked for as required was not granted, or one asked for as signed is not verified (403).</summary>
    public const string ScopeNotGranted = "scope_not_granted";

    /// <summary>The application itself refused: one of its event handlers called <c>Fail</c> (403).</summary>
    public const string Refused = "refused";

    /// <summary>The sign-in was left open for longer than <c>RemoteAuthenticationTimeout</c> (400).</summary>
    public const string Expired = "expired";

    /// <summary>The answer does not belong to this browser: its cookie is gone, was blocked, or the address was opened in another browser (400).</summary>
    public const string BrowserMismatch = "browser_mismatch";

    /// <summary>The address of the callback was opened without a readable answer of the provider (400).</summary>
    public const string InvalidResponse = "invalid_response";

    /// <summary>A token of the provider did not pass its checks (400).</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>The person signed out at the provider, on the phone or in another window, while the sign-in was under way (403).</summary>
    public const string SignedOut = "signed_out";

    /// <summary>The provider must talk to the person first: nobody is signed in there, or consent is missing (400).</summary>
    public const string InteractionRequired = "interaction_required";

    /// <summary>The provider refused the request (502). The log says with which error.</summary>
    public const string ProviderError = "provider_error";

    /// <summary>The provider does not answer, or not usably (503).</summary>
    public const string ProviderUnavailable = "provider_unavailable";

    /// <summary>The application cannot keep the session that would begin: its own store does not answer (503).</summary>
    public const string SessionsUnavailable = "sessions_unavailable";

    /// <summary>
    /// The session would be too large to store, and is not created (502): a cookie of more than 12 KB, or more than 64 KB with server-side sessions. The log says what to change; for a cookie, call
    /// <c>AddAuthentiqSessions</c>.
    /// </summary>
    public const string SessionTooLarge = "session_too_large";
}
