using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// What a sign-in remembers between challenge and callback. It travels in the encrypted state, which a cookie ties to the browser, and is gone before the session begins.
/// </summary>
/// <param name="Cookie">The cookie that ties it to the browser.</param>
/// <param name="StartedAt">When it began, by the clock of the node that began it.</param>
/// <param name="Nonce">The nonce of the request.</param>
/// <param name="ResponseType">The <c>response_type</c> of the request.</param>
/// <param name="MaxAge">The <c>max_age</c> of the request.</param>
/// <param name="Prompt">The <c>prompt</c> of the request; empty without one.</param>
/// <param name="IsRetry">Whether this is a second attempt already.</param>
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

    /// <summary>Whether an ID token was asked for; without the scope <c>openid</c> there is none.</summary>
    public bool ExpectsIdToken => ResponseTypes.Contains("id_token") || (ResponseTypes.Contains("code") && Scope.SplitAtSpaces().Any(static scope => AuthentiqScope.TryParse(scope, out var parsed) && parsed.Name == AuthentiqScopes.OpenId));

    /// <summary>Whether nobody was to be asked anything: a check that must not disturb the page it comes from.</summary>
    public bool IsSilent => Prompt is OpenIdConnectPrompt.None;

    public bool IsExpired(TimeSpan lifetime, TimeProvider clock) => clock.GetUtcNow() - StartedAt > lifetime;

    /// <summary>Remembers what was really asked for, which the application's own event may have changed.</summary>
    public static void Keep(AuthenticationProperties properties, OpenIdConnectMessage request, TimeProvider clock)
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

    /// <summary>What a state remembers, or <see langword="null"/> when it is not of a sign-in.</summary>
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

    /// <summary>The same request once more, as a new attempt. What the application has put into the properties comes along: ASP.NET Core Identity needs it.</summary>
    public AuthenticationProperties Retry(AuthenticationProperties properties)
    {
        var again = new AuthentiqChallengeProperties
        {
            RedirectUri = properties.RedirectUri,
            Scope = [.. Scope.SplitAtSpaces()],
            MaxAge = MaxAge,
            Prompt = Prompt.Length > 0 ? Prompt : null,
        };
        foreach (var (key, value) in properties.Items.Where(item => !OwnKeys.Contains(item.Key) && !IsOfResponse(item.Key)))
        {
            again.Items[key] = value;
        }

        again.SetParameter<bool?>(RetryParameter, true);
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

    // One item, as each of them is serialized and encrypted. The scope comes last: an application can put any character into it.
    private string Write() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Cookie.Id}{Separator}{(Cookie.IsHostCookie ? '1' : '0')}{Separator}{Cookie.Value}{Separator}{StartedAt.ToUnixTimeMilliseconds()}{Separator}{Line(Nonce)}{Separator}{Line(ResponseType)}{Separator}{MaxAge?.TotalSeconds}{Separator}{Line(Prompt)}{Separator}{(IsRetry ? '1' : '0')}{Scope}");

    private static string Line(string value) => value.Replace(Separator, ' ');
}
