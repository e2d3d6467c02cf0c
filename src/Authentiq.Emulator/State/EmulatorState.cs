namespace Authentiq.Emulator;

/// <summary>Everything that one emulator stores, in memory.</summary>
internal sealed class EmulatorState
{
    public EmulatorState(EmulatorOptions options)
    {
        Options = options;
        Clock = options.TimeProvider;
        SignIns = new(Clock, options.SignInLifetime, options.Capacity, signIn => signIn.Size);
        Sessions = new(Clock, options.SessionLifetime, options.Capacity);
        Codes = new(Clock, options.CodeLifetime, options.Capacity, grant => grant.Size);
        AccessTokens = new(Clock, options.AccessTokenLifetime, options.Capacity, grant => grant.Size);
        PushedRequests = new(Clock, PushedRequest.Lifetime, options.Capacity, request => request.Parameters.Size);
        Requests = new(options.Capacity);
        DefaultClient.Register(Clients);
    }

    public EmulatorOptions Options { get; }

    public TimeProvider Clock { get; }

    /// <summary>Set when the emulator starts.</summary>
    public Uri Issuer { get; set; } = new(EmulatorDefaults.Issuer);

    public EmulatorClients Clients { get; } = new();

    public IList<Persona> Personas { get; } = [.. Emulator.Personas.All];

    public EmulatorKeys Keys { get; } = new();

    public EmulatorFaults Faults { get; } = new();

    public RecordedRequests Requests { get; }

    public BoundedStore<PendingSignIn> SignIns { get; }

    public BoundedStore<EmulatorSession> Sessions { get; }

    /// <summary>The sessions that have not ended.</summary>
    public IReadOnlyCollection<EmulatorSession> LiveSessions => [.. Sessions.Values.Where(session => !session.IsEnded)];

    public BoundedStore<Grant> Codes { get; }

    public BoundedStore<Grant> AccessTokens { get; }

    public BoundedStore<PushedRequest> PushedRequests { get; }

    public string Address(string path) => Issuer.AbsoluteUri + path;
}
