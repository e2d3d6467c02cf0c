using System.IdentityModel.Tokens.Jwt;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>The state of one callback while its steps run. Each step adds what it has found out; <see cref="CallbackFailure"/> derives from it why a callback failed.</summary>
internal sealed class SignInCallback
{
    private SignInAttempt? _read;

    /// <summary>When the callback arrived, or the first of several that share a flight, by our clock.</summary>
    public DateTimeOffset BeganAt { get; private set; }

    /// <summary>The authorization response.</summary>
    public OpenIdConnectMessage? Response { get; private set; }

    /// <summary>The issuer that the provider's metadata names.</summary>
    public string? Issuer { get; private set; }

    /// <summary>The properties from the state, with what the application has added to them.</summary>
    public AuthenticationProperties? State { get; private set; }

    /// <summary>What the state holds; <see langword="null"/> when it is missing or cannot be read. An event of the application that replaces or changes the properties does not change it.</summary>
    public SignInAttempt? Attempt { get; private set; }

    /// <summary>Whether the browser sent the cookie of the attempt; <see langword="null"/> before the state is matched.</summary>
    public bool? IsSameBrowser { get; private set; }

    /// <summary>Whether the state is older than its limit.</summary>
    public bool IsExpired { get; private set; }

    /// <summary>The local address to return to. The base handler removes it from the properties before it signs in.</summary>
    public string? ReturnUrl { get; private set; }

    /// <summary>What this callback shares with others of the same sign-in that run at the same time.</summary>
    public SignInFlight? Flight { get; private set; }

    /// <summary>The ID token that identifies the user: in a hybrid flow the one from the token endpoint.</summary>
    public JwtSecurityToken? IdToken { get; private set; }

    /// <summary>The ID token that came through the browser, if any.</summary>
    public JwtSecurityToken? BrowserIdToken { get; private set; }

    /// <summary>The <c>scope</c> of the token response, which this application fetched from the provider itself.</summary>
    public string? FetchedScope { get; private set; }

    /// <summary>The <c>scope</c> parameter of the callback, which is not signed.</summary>
    public string? UnsignedScope { get; private set; }

    /// <summary>Whether an event of the application called <c>Fail</c>.</summary>
    public bool IsRefusedByApplication { get; set; }

    /// <summary>Whether every check has passed: the base handler signs in next.</summary>
    public bool IsAccepted { get; set; }

    public void Begin(DateTimeOffset now) => BeganAt = now;

    public void Receive(OpenIdConnectMessage response) => Response = response;

    public void ReceiveFrom(string issuer) => Issuer = issuer;

    /// <summary>Records the scopes that the provider reports, outside any token.</summary>
    /// <param name="response">The authorization response or the token response.</param>
    /// <param name="isFetched">Whether this application fetched it from the token endpoint.</param>
    public void ReceiveScope(OpenIdConnectMessage response, bool isFetched)
    {
        if (isFetched)
        {
            FetchedScope = response.Scope;
        }
        else
        {
            UnsignedScope = response.Scope;
        }
    }

    /// <summary>Reads what a state holds.</summary>
    public SignInAttempt? Read(AuthenticationProperties properties)
    {
        if (!ReferenceEquals(properties, State))
        {
            (State, _read) = (properties, SignInAttempt.Read(properties));
        }

        return _read;
    }

    /// <summary>Matches the state with the browser.</summary>
    /// <param name="properties">The properties from the state.</param>
    /// <param name="isSameBrowser">Whether the browser sent the cookie of an attempt. The cookie is removed.</param>
    /// <param name="isExpired">Whether an attempt is too old.</param>
    /// <returns>Whether the callback may go on.</returns>
    public bool Match(AuthenticationProperties properties, Func<SignInAttempt, bool> isSameBrowser, Func<SignInAttempt, bool> isExpired)
    {
        (Attempt, ReturnUrl) = (Read(properties), properties.RedirectUri);
        IsSameBrowser = Attempt is { } attempt && isSameBrowser(attempt);
        IsExpired = Attempt is not null && isExpired(Attempt);
        return IsSameBrowser is true && !IsExpired;
    }

    /// <summary>Takes part in a flight. Its first callback counts for the time.</summary>
    public void Join(SignInFlight flight) => (Flight, BeganAt) = (flight, flight.BeganAt);

    /// <summary>Takes a validated ID token. A second one, from the token endpoint, replaces the first.</summary>
    /// <param name="idToken">The ID token.</param>
    /// <param name="isFetched">Whether this application fetched it from the token endpoint.</param>
    public void Accept(JwtSecurityToken idToken, bool isFetched)
    {
        IdToken = idToken;
        if (!isFetched)
        {
            BrowserIdToken = idToken;
        }
    }
}
