namespace Authentiq.Emulator;

/// <summary>The scopes that a user granted to a client with one sign-in. A code and each access token refer to a grant.</summary>
internal sealed class Grant(EmulatorClient client, EmulatorSession session, IReadOnlyList<string> scopes, AuthorizationRequest request)
{
    private int _redeemed;

    public EmulatorClient Client => client;

    public EmulatorSession Session => session;

    public IReadOnlyList<string> Scopes => scopes;

    public string Scope => string.Join(' ', scopes);

    // Stores the required values only: the request can be much larger.
    public string RedirectUri { get; } = request.RedirectUri;

    public string? Nonce { get; } = request.Parameters["nonce"];

    public string? CodeChallenge { get; } = request.Parameters["code_challenge"];

    public int Size => Footprint.Of([RedirectUri, Nonce, CodeChallenge, .. Scopes]);

    /// <summary>The time of authentication for this grant. The session can be renewed later.</summary>
    public DateTimeOffset AuthTime { get; } = session.AuthTime;

    /// <summary>Whether the code was redeemed twice, which revokes all tokens of the grant (RFC 6749 §4.1.2).</summary>
    public bool IsRevoked { get; private set; }

    public bool IsAlive => !IsRevoked && !session.IsEnded;

    /// <summary>Returns <see langword="true"/> to the first caller.</summary>
    public bool TryRedeem()
    {
        if (Interlocked.Exchange(ref _redeemed, 1) == 0)
        {
            return true;
        }

        IsRevoked = true;
        return false;
    }
}
