using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// The data of a sign-in from the challenge to the callback. It is part of the encrypted state, which a cookie binds to the browser, and is removed before the session is created.
/// </summary>
/// <param name="Cookie">The cookie that binds it to the browser.</param>
/// <param name="StartedAt">When it started, by the clock of the node that started it.</param>
/// <param name="Nonce">The nonce of the request.</param>
/// <param name="ResponseType">The <c>response_type</c> of the request.</param>
/// <param name="MaxAge">The <c>max_age</c> of the request.</param>
/// <param name="Prompt">The <c>prompt</c> of the request; empty without one.</param>
/// <param name="IsRetry">Whether the sign-in was restarted automatically.</param>
/// <param name="Scope">The <c>scope</c> of the request.</param>
internal sealed record SignInAttempt(AttemptCookie Cookie, DateTimeOffset StartedAt, string Nonce, string ResponseType, TimeSpan? MaxAge, string Prompt, bool IsRetry, string Scope)
{
    private const string Key = ".authentiq";
    private const string RetryParameter = "authentiq.retry";
    private const char Separator = '\n';
    private const int Fields = 9;

    private static readonly string[] OwnKeys = [Key, OpenIdConnectDefaults.RedirectUriForCodePropertiesKey, OAuthConstants.CodeVerifierKey];

    /// <summary>The parts of <see cref="ResponseType"/>.</summary>
    public IReadOnlyList<string> ResponseTypes => ResponseType.SplitAtSpaces();

    /// <summary>Whether the provider returns an ID token; without the scope <c>openid</c> it does not.</summary>
    public bool ExpectsIdToken => ResponseTypes.Contains("id_token") || (ResponseTypes.Contains("code") && Scope.SplitAtSpaces().Any(static scope => AuthentiqScope.TryParse(scope, out var parsed) && parsed.Name == AuthentiqScopes.OpenId));

    /// <summary>Whether the provider shows no page: a silent check, which must not replace the page that it comes from.</summary>
    public bool IsSilent => Prompt is OpenIdConnectPrompt.None;

    public bool IsExpired(TimeSpan lifetime, TimeProvider clock) => clock.GetUtcNow() - StartedAt > lifetime;

    /// <summary>Stores the attempt in the properties, from the request as it is sent: an event of the application may have changed it.</summary>
    public static void WriteTo(AuthenticationProperties properties, OpenIdConnectMessage request, TimeProvider clock)
    {
        var attempt = new SignInAttempt(
            AttemptCookie.Of(properties),
            clock.GetUtcNow(),
            request.Nonce ?? "",
            request.ResponseType ?? "",
            int.TryParse(request.MaxAge, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
            request.Prompt ?? "",
            properties.GetParameter<bool?>(RetryParameter) is true,
            request.Scope ?? "");
        properties.Items[Key] = attempt.Write();
    }

    /// <summary>Reads the attempt from the properties. Returns <see langword="null"/> when they do not contain one.</summary>
    public static SignInAttempt? Read(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(Key, out var text) && text?.Split(Separator, Fields) is [var id, var isHostCookie, var value, var started, var nonce, var responseType, var maxAge, var prompt, var rest]
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out var startedAt)
            ? new(
                new(id, value, isHostCookie is "1"),
                DateTimeOffset.FromUnixTimeMilliseconds(startedAt),
                nonce,
                responseType,
                int.TryParse(maxAge, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
                prompt,
                rest is ['1', ..],
                rest is [_, .. var scope] ? scope : "")
            : null;

    /// <summary>Creates the properties for a second attempt with the same request. They include the items of the application, which ASP.NET Core Identity requires.</summary>
    public AuthenticationProperties Retry(AuthenticationProperties properties)
    {
        var retry = new AuthentiqChallengeProperties
        {
            RedirectUri = properties.RedirectUri,
            Scope = [.. Scope.SplitAtSpaces()],
            MaxAge = MaxAge,
            Prompt = Prompt.Length > 0 ? Prompt : null,
        };
        foreach (var (key, value) in properties.Items.Where(item => !OwnKeys.Contains(item.Key) && !IsOfResponse(item.Key)))
        {
            retry.Items[key] = value;
        }

        retry.SetParameter<bool?>(RetryParameter, true);
        return retry;
    }

    /// <summary>Removes the attempt from the properties, so that it is not stored with the session.</summary>
    public static void RemoveFrom(AuthenticationProperties properties)
    {
        foreach (var key in OwnKeys)
        {
            properties.Items.Remove(key);
        }
    }

    // The base handler stores the tokens and the session state of an implicit response before the age of the attempt is validated.
    private static bool IsOfResponse(string key) =>
        key.StartsWith(".Token", StringComparison.Ordinal) || key is OpenIdConnectSessionProperties.SessionState or OpenIdConnectSessionProperties.CheckSessionIFrame;

    // One item, because each item is serialized and encrypted. The scope is last: an application can put any character into it.
    private string Write() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Cookie.Id}{Separator}{(Cookie.IsHostCookie ? '1' : '0')}{Separator}{Cookie.Value}{Separator}{StartedAt.ToUnixTimeMilliseconds()}{Separator}{Line(Nonce)}{Separator}{Line(ResponseType)}{Separator}{MaxAge?.TotalSeconds}{Separator}{Line(Prompt)}{Separator}{(IsRetry ? '1' : '0')}{Scope}");

    private static string Line(string value) => value.Replace(Separator, ' ');
}
