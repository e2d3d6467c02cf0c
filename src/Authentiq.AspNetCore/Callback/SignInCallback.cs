using System.IdentityModel.Tokens.Jwt;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>The state of one callback. Each step stores its results; <see cref="CallbackFailure"/> derives from them why a callback failed.</summary>
internal sealed class SignInCallback
{
    private SignInAttempt? _read;

    /// <summary>When the callback was received, or the first of several that share a flight, by the application's clock.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>The authorization response.</summary>
    public OpenIdConnectMessage? Response { get; private set; }

    /// <summary>The issuer from the provider's metadata.</summary>
    public string? Issuer { get; private set; }

    /// <summary>The properties from the state, including those of the application.</summary>
    public AuthenticationProperties? State { get; private set; }

    /// <summary>The attempt from the state; <see langword="null"/> when the state is missing or cannot be read. Changes of the properties by an event of the application do not affect it.</summary>
    public SignInAttempt? Attempt { get; private set; }

    /// <summary>Whether the browser sent the cookie of the attempt; <see langword="null"/> before the state is matched.</summary>
    public bool? IsSameBrowser { get; private set; }

    /// <summary>Whether the state is older than its limit.</summary>
    public bool IsExpired { get; private set; }

    /// <summary>The local address to return to. The base handler removes it from the properties before it signs the user in.</summary>
    public string? ReturnUrl { get; private set; }

    /// <summary>The flight that concurrent callbacks of the same sign-in share.</summary>
    public SignInFlight? Flight { get; private set; }

    /// <summary>The ID token that identifies the user: in a hybrid flow the one from the token endpoint.</summary>
    public JwtSecurityToken? IdToken { get; private set; }

    /// <summary>The ID token from the authorization response, if any.</summary>
    public JwtSecurityToken? BrowserIdToken { get; private set; }

    /// <summary>The <c>scope</c> of the token response, which the application fetched from the provider.</summary>
    public string? FetchedScope { get; private set; }

    /// <summary>The <c>scope</c> parameter of the callback, which is not signed.</summary>
    public string? UnsignedScope { get; private set; }

    /// <summary>Whether an event of the application called <c>Fail</c>.</summary>
    public bool IsRefusedByApplication { get; set; }

    /// <summary>Whether all validation has succeeded: the base handler signs the user in next.</summary>
    public bool IsAccepted { get; set; }

    public void Start(DateTimeOffset now) => ReceivedAt = now;

    public void Receive(OpenIdConnectMessage response) => Response = response;

    public void ReceiveFrom(string issuer) => Issuer = issuer;

    /// <summary>Stores the <c>scope</c> parameter of a response.</summary>
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

    /// <summary>Reads the attempt from the state.</summary>
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
    /// <param name="isSameBrowser">Returns whether the browser sent the cookie of an attempt, and deletes the cookie.</param>
    /// <param name="isExpired">Returns whether an attempt has expired.</param>
    /// <returns>Whether the state belongs to this browser and has not expired.</returns>
    public bool Match(AuthenticationProperties properties, Func<SignInAttempt, bool> isSameBrowser, Func<SignInAttempt, bool> isExpired)
    {
        (Attempt, ReturnUrl) = (Read(properties), properties.RedirectUri);
        IsSameBrowser = Attempt is { } attempt && isSameBrowser(attempt);
        IsExpired = Attempt is not null && isExpired(Attempt);
        return IsSameBrowser is true && !IsExpired;
    }

    /// <summary>Joins a flight. The time of its first callback applies to all of its callbacks.</summary>
    public void Join(SignInFlight flight) => (Flight, ReceivedAt) = (flight, flight.ReceivedAt);

    /// <summary>Stores a validated ID token. A second one, from the token endpoint, replaces the first.</summary>
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
