using System.IdentityModel.Tokens.Jwt;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>What is known of one callback while it runs; from it follows why it failed.</summary>
internal sealed class CallbackOutcome
{
    private SignInAttempt? _read;

    /// <summary>When the callback arrived, or the first of several that share a flight, by our clock.</summary>
    public DateTimeOffset BeganAt { get; set; }

    /// <summary>The cookie of the browser matches the state; unknown when there was no state to match.</summary>
    public bool? IsSameBrowser { get; set; }

    /// <summary>The state is older than its limit.</summary>
    public bool IsExpired { get; set; }

    /// <summary>What the state remembers; nothing when it is missing or cannot be read. An event of the application that replaces or changes the properties does not change it.</summary>
    public SignInAttempt? Attempt { get; set; }

    /// <summary>The properties from the state, with what the application has put there.</summary>
    public AuthenticationProperties? State { get; private set; }

    /// <summary>The response itself.</summary>
    public OpenIdConnectMessage? Response { get; set; }

    /// <summary>What this callback shares with others of the same sign-in that run at the same time.</summary>
    public SignInFlight? Flight { get; set; }

    /// <summary>Where the person wanted to go. The base handler takes it out of the properties before it signs in.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>Nothing speaks against the sign-in any more, and the base handler keeps it next.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>The ID token that came through the browser, which a hybrid flow compares with the one that is fetched.</summary>
    public JwtSecurityToken? BrowserIdToken { get; set; }

    /// <summary>The <c>scope</c> parameter of the callback, which is not signed.</summary>
    public string? UnsignedScope { get; set; }

    /// <summary>The <c>scope</c> of the token response, which this application fetched from the provider itself.</summary>
    public string? FetchedScope { get; set; }

    /// <summary>The issuer that the provider's metadata names.</summary>
    public string? Issuer { get; set; }

    /// <summary>The error in the answer, if any.</summary>
    public string? ProviderError { get; set; }

    /// <summary>An event handler of the application called <c>Fail</c>.</summary>
    public bool IsRefusedByApplication { get; set; }

    /// <summary>Reads what a state remembers.</summary>
    public SignInAttempt? Read(AuthenticationProperties properties)
    {
        if (!ReferenceEquals(properties, State))
        {
            (State, _read) = (properties, SignInAttempt.Read(properties));
        }

        return _read;
    }

    /// <summary>Whether the browser closed the connection while a step was waiting: there is no failure to report, and no one to show it to.</summary>
    public static bool IsAborted(Exception? exception, CancellationToken requestAborted) => requestAborted.IsCancellationRequested && Find<OperationCanceledException>(exception) is not null;

    /// <summary>The failure, or <see langword="null"/> for a mistake of the application that must not be hidden.</summary>
    public SignInException? Explain(Exception? exception) => this switch
    {
        _ when Find<ApplicationEventException>(exception) is not null => null,
        _ when Find<SignInException>(exception) is { } known => known,
        { IsRefusedByApplication: true } => new SignInException(AuthentiqErrors.Refused, "an event handler of the application refused it", exception),
        { IsSameBrowser: null } => new SignInException(AuthentiqErrors.InvalidResponse, "the state is missing, or was not encrypted by this application: compare the Data Protection keys of all nodes", exception),
        { IsSameBrowser: false } => new SignInException(AuthentiqErrors.BrowserMismatch, "the browser did not send the cookie of this sign-in", exception),
        { IsExpired: true } => new SignInException(AuthentiqErrors.Expired, "it took longer than RemoteAuthenticationTimeout", exception),
        { ProviderError: { } error } => ProviderErrors.ToFailure(error),
        _ => Classify(exception ?? new InvalidOperationException("Nothing says what went wrong.")),
    };

    private static SignInException Classify(Exception exception) => exception switch
    {
        SecurityTokenException or SecurityTokenMalformedException or OpenIdConnectProtocolException => new SignInException(AuthentiqErrors.InvalidToken, "the ID token is refused: " + FailureReasons.Of(exception), exception),
        HttpRequestException or TaskCanceledException or IOException and not BadHttpRequestException => new SignInException(AuthentiqErrors.ProviderUnavailable, "the provider cannot be reached", exception),
        _ => new SignInException(AuthentiqErrors.InvalidResponse, $"the answer cannot be read ({exception.GetType().Name})", exception),
    };

    private static T? Find<T>(Exception? exception) where T : Exception
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is T found)
            {
                return found;
            }
        }

        return null;
    }
}
