namespace Authentiq.Emulator;

/// <summary>What a person has granted a client with one sign-in: a code stands for it, and so does each token.</summary>
internal sealed class Grant(EmulatorClient client, EmulatorSession session, IReadOnlyList<string> scopes, AuthorizationRequest request)
{
    private int _redeemed;

    public EmulatorClient Client => client;

    public EmulatorSession Session => session;

    public IReadOnlyList<string> Scopes => scopes;

    public string Scope => string.Join(' ', scopes);

    // Not the whole request, which can be much larger than what is needed of it.
    public string RedirectUri { get; } = request.RedirectUri;

    public string? Nonce { get; } = request.Parameters["nonce"];

    public string? CodeChallenge { get; } = request.Parameters["code_challenge"];

    public int Size => Footprint.Of([RedirectUri, Nonce, CodeChallenge, .. Scopes]);

    /// <summary>The moment of authentication as it was for this grant; the session may be renewed later.</summary>
    public DateTimeOffset AuthTime { get; } = session.AuthTime;

    /// <summary>Set when the code came a second time: then all that was issued for it is void (RFC 6749 §4.1.2).</summary>
    public bool IsRevoked { get; private set; }

    public bool IsAlive => !IsRevoked && !session.IsEnded;

    /// <summary>True for the first caller only.</summary>
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
