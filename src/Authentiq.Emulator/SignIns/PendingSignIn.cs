namespace Authentiq.Emulator;

/// <summary>A sign-in that waits for a phone.</summary>
public sealed class PendingSignIn
{
    private SignInDecision? _decision;
    private int _finished;

    internal PendingSignIn(AuthorizationRequest request, string browser, Uri issuer)
    {
        Request = request;
        Browser = browser;
        Address = new(issuer, EmulatorPaths.SignIn + "/" + Id);
    }

    /// <summary>The last part of the address of its page.</summary>
    public string Id { get; } = RandomKey.Create(16);

    /// <summary>The page, which is also what its QR code says.</summary>
    public Uri Address { get; }

    /// <summary>The application that asks.</summary>
    public EmulatorClient Client => Request.Client;

    /// <summary>What it asks for.</summary>
    public IReadOnlyList<RequestedScope> Scopes => Request.Scopes;

    /// <summary>The parameters of the authorization request.</summary>
    public IReadOnlyDictionary<string, string> Parameters => Request.Parameters.ToDictionary();

    /// <summary>Whether nobody has approved or denied it yet.</summary>
    public bool IsPending => Volatile.Read(ref _decision) is null;

    internal AuthorizationRequest Request { get; }

    /// <summary>The browser that asked, by its cookie: only there the sign-in can end.</summary>
    internal string Browser { get; }

    /// <summary>What it takes in memory, roughly.</summary>
    internal int Size => Request.Parameters.Size;

    internal SignInDecision? Decision => Volatile.Read(ref _decision);

    internal bool IsFinished => Volatile.Read(ref _finished) != 0;

    /// <summary>Whether this person has everything that the application requires.</summary>
    /// <param name="persona">The person.</param>
    /// <returns>False where something required is missing, or was to be verified and is not.</returns>
    public bool CanBeApprovedBy(Persona persona)
    {
        ArgumentNullException.ThrowIfNull(persona);
        return Scopes.All(scope => !scope.Required || ScopeCatalog.CanShare(persona, scope));
    }

    /// <summary>The first decision counts.</summary>
    internal bool TryDecide(SignInDecision decision) => Interlocked.CompareExchange(ref _decision, decision, null) is null;

    /// <summary>True once: a sign-in is answered one time.</summary>
    internal bool TryFinish() => Interlocked.Exchange(ref _finished, 1) == 0;
}
