namespace Authentiq.Emulator;

/// <summary>A sign-in that waits for approval on a phone.</summary>
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

    /// <summary>The last segment of the address of the sign-in page.</summary>
    public string Id { get; } = RandomKey.Create(16);

    /// <summary>The address of the sign-in page, which its QR code contains.</summary>
    public Uri Address { get; }

    /// <summary>The client that requests the sign-in.</summary>
    public EmulatorClient Client => Request.Client;

    /// <summary>The requested scopes.</summary>
    public IReadOnlyList<RequestedScope> Scopes => Request.Scopes;

    /// <summary>The parameters of the authorization request.</summary>
    public IReadOnlyDictionary<string, string> Parameters => Request.Parameters.ToDictionary();

    /// <summary>Whether the sign-in has not been approved or denied.</summary>
    public bool IsPending => Volatile.Read(ref _decision) is null;

    internal AuthorizationRequest Request { get; }

    /// <summary>The cookie of the browser that started the sign-in. Only that browser can complete it.</summary>
    internal string Browser { get; }

    /// <summary>The approximate memory of the sign-in, in bytes.</summary>
    internal int Size => Request.Parameters.Size;

    internal SignInDecision? Decision => Volatile.Read(ref _decision);

    internal bool IsFinished => Volatile.Read(ref _finished) != 0;

    /// <summary>Whether a user can share all required scopes.</summary>
    /// <param name="persona">The user.</param>
    /// <returns><see langword="false"/> if a required claim is missing, or is not verified and has to be.</returns>
    public bool CanBeApprovedBy(Persona persona)
    {
        ArgumentNullException.ThrowIfNull(persona);
        return Scopes.All(scope => !scope.Required || ScopeCatalog.CanShare(persona, scope));
    }

    /// <summary>Stores the decision, unless there is one.</summary>
    internal bool TryDecide(SignInDecision decision) => Interlocked.CompareExchange(ref _decision, decision, null) is null;

    /// <summary>Returns <see langword="true"/> to the first caller: a sign-in has one response.</summary>
    internal bool TryFinish() => Interlocked.Exchange(ref _finished, 1) == 0;
}
