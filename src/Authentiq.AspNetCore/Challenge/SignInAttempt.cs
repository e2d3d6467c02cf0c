using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// What a sign-in remembers between challenge and callback. It travels in the encrypted state, which a cookie ties to the browser, and is gone before the session begins.
/// </summary>
internal static class SignInAttempt
{
    private const string StartedKey = ".authentiq.started";
    private const string NonceKey = ".authentiq.nonce";
    private const string ResponseTypeKey = ".authentiq.response_type";
    private const string ScopeKey = ".authentiq.scope";
    private const string MaxAgeKey = ".authentiq.max_age";
    private const string PromptKey = ".authentiq.prompt";
    private const string RetryKey = ".authentiq.retry";

    private static readonly string[] OwnKeys =
        [StartedKey, NonceKey, ResponseTypeKey, ScopeKey, MaxAgeKey, PromptKey, RetryKey, OpenIdConnectDefaults.RedirectUriForCodePropertiesKey, OAuthConstants.CodeVerifierKey];

    /// <summary>Gives the request its nonce and remembers when it began.</summary>
    public static void Begin(AuthenticationProperties properties, OpenIdConnectMessage request, TimeProvider clock)
    {
        request.Nonce = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        properties.Items[StartedKey] = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Remembers what was really asked for, which the application's own event may have changed.</summary>
    public static void Seal(AuthenticationProperties properties, OpenIdConnectMessage request)
    {
        properties.Items[NonceKey] = request.Nonce;
        properties.Items[ResponseTypeKey] = request.ResponseType;
        properties.Items[ScopeKey] = request.Scope;
        SetUnlessEmpty(properties, MaxAgeKey, request.MaxAge);
        SetUnlessEmpty(properties, PromptKey, request.Prompt);
    }

    /// <summary>When it began, by the clock of the node that began it; long ago when the state does not say so.</summary>
    public static DateTimeOffset StartedAt(AuthenticationProperties properties) =>
        long.TryParse(Item(properties, StartedKey), NumberStyles.None, CultureInfo.InvariantCulture, out var started) ? DateTimeOffset.FromUnixTimeMilliseconds(started) : DateTimeOffset.UnixEpoch;

    public static bool IsExpired(AuthenticationProperties properties, TimeSpan lifetime, TimeProvider clock) => clock.GetUtcNow() - StartedAt(properties) > lifetime;

    public static string? Nonce(AuthenticationProperties properties) => Item(properties, NonceKey);

    public static IReadOnlyList<string> ResponseType(AuthenticationProperties properties) => Item(properties, ResponseTypeKey).SplitAtSpaces();

    public static string? RequestedScope(AuthenticationProperties properties) => Item(properties, ScopeKey);

    public static TimeSpan? MaxAge(AuthenticationProperties properties) =>
        int.TryParse(Item(properties, MaxAgeKey), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Whether an ID token was asked for; without the scope <c>openid</c> there is none.</summary>
    public static bool ExpectsIdToken(AuthenticationProperties properties) =>
        ResponseType(properties).Contains("id_token") || (ResponseType(properties).Contains("code") && GrantedScopes.Read(RequestedScope(properties)).Contains(AuthentiqScopes.OpenId));

    /// <summary>Whether nobody was to be asked anything: a check that must not disturb the page it comes from.</summary>
    public static bool IsSilent(AuthenticationProperties properties) => Item(properties, PromptKey) is OpenIdConnectPrompt.None;

    /// <summary>Whether this is a second attempt already.</summary>
    public static bool IsRetry(AuthenticationProperties properties) => Item(properties, RetryKey) is not null;

    /// <summary>The same request once more, as a new attempt. What the application has put into the properties comes along: ASP.NET Core Identity needs it.</summary>
    public static AuthenticationProperties Retry(AuthenticationProperties properties)
    {
        var again = new AuthentiqChallengeProperties
        {
            RedirectUri = properties.RedirectUri,
            Scope = [.. RequestedScope(properties).SplitAtSpaces()],
            MaxAge = MaxAge(properties),
            Prompt = Item(properties, PromptKey),
        };
        foreach (var (key, value) in properties.Items.Where(item => !OwnKeys.Contains(item.Key) && !AttemptCookies.IsOwnItem(item.Key) && !IsOfResponse(item.Key)))
        {
            again.Items[key] = value;
        }

        again.Items[RetryKey] = "1";
        return again;
    }

    /// <summary>Nothing of the attempt goes into the session's cookie.</summary>
    public static void Forget(AuthenticationProperties properties)
    {
        foreach (var key in OwnKeys)
        {
            properties.Items.Remove(key);
        }
    }

    // The base handler keeps the tokens and the session state of an implicit response before it looks at the age of the attempt.
    private static bool IsOfResponse(string key) =>
        key.StartsWith(".Token", StringComparison.Ordinal) || key is OpenIdConnectSessionProperties.SessionState or OpenIdConnectSessionProperties.CheckSessionIFrame;

    private static void SetUnlessEmpty(AuthenticationProperties properties, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            properties.Items[key] = value;
        }
    }

    private static string? Item(AuthenticationProperties properties, string key) => properties.Items.TryGetValue(key, out var value) ? value : null;
}
