using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace Authentiq.Emulator;

/// <summary>A running emulator of Authentiq Connect: in memory for tests, or on a loopback port for development.</summary>
public sealed class AuthentiqEmulator : IAsyncDisposable
{
    private readonly EmulatorState _state;
    private readonly BackChannelLogout _backChannel;
    private readonly WebApplication _app;
    private readonly bool _isInMemory;

    private AuthentiqEmulator(EmulatorState state, EmulatedPhone phone, BackChannelLogout backChannel, WebApplication app, bool isInMemory)
    {
        _state = state;
        Phone = phone;
        _backChannel = backChannel;
        _app = app;
        _isInMemory = isInMemory;
    }

    /// <summary>The issuer, which is also the <c>Authority</c> of an application.</summary>
    public Uri Issuer => _state.Issuer;

    /// <summary>The registered clients.</summary>
    public EmulatorClients Clients => _state.Clients;

    /// <summary>The users on the sign-in page.</summary>
    public IList<Persona> Personas => _state.Personas;

    /// <summary>The signing keys.</summary>
    public EmulatorKeys Keys => _state.Keys;

    /// <summary>The simulated phone, which approves or denies sign-ins.</summary>
    public EmulatedPhone Phone { get; }

    /// <summary>Incorrect responses on demand.</summary>
    public EmulatorFaults Faults => _state.Faults;

    /// <summary>The received requests.</summary>
    public RecordedRequests Requests => _state.Requests;

    /// <summary>Everything that the emulator stores.</summary>
    internal EmulatorState State => _state;

    /// <summary>Starts an emulator in memory, without a port. <see cref="CreateHandler"/> creates a handler that reaches it.</summary>
    /// <param name="configure">Configures the options.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The emulator, ready for requests.</returns>
    public static async Task<AuthentiqEmulator> StartInMemoryAsync(Action<EmulatorOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var state = NewState(configure);
        var backChannel = new BackChannelLogout(state);
        var phone = new EmulatedPhone(state, backChannel);
        var app = await EmulatorHost.StartInMemoryAsync(state, new(state, phone, backChannel), cancellationToken);
        return new(state, phone, backChannel, app, isInMemory: true);
    }

    /// <summary>Starts an emulator on a loopback port.</summary>
    /// <param name="configure">Configures the options.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The emulator, ready for requests.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="InvalidOperationException">The issuer is not a loopback address.</exception>
    public static Task<AuthentiqEmulator> StartAsync(Action<EmulatorOptions>? configure = null, CancellationToken cancellationToken = default) =>
        StartAsync(configure, $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Port)}", loggers: null, cancellationToken);

    /// <summary>Creates a handler that reaches an emulator in memory, for the backchannel of an application and for the browser of a test.</summary>
    /// <returns>A handler that sends every request to this emulator.</returns>
    /// <exception cref="InvalidOperationException">The emulator listens on a port.</exception>
    public HttpMessageHandler CreateHandler() => _isInMemory
        ? new InMemoryHandler(_app.GetTestServer().CreateHandler())
        : throw new InvalidOperationException($"This emulator listens on {Issuer}. Use an HTTP client without a handler.");

    /// <summary>Issues an ID token with all claims of a persona, without a sign-in.</summary>
    /// <param name="clientId">The client, which is the audience of the token.</param>
    /// <param name="persona">The user, who is the subject of the token.</param>
    /// <param name="edit">Edits the token before it is signed.</param>
    /// <returns>The token.</returns>
    public string IssueIdToken(string clientId, Persona persona, Action<TokenDraft>? edit = null)
    {
        ArgumentNullException.ThrowIfNull(persona);
        return IdTokenIssuer.Issue(_state, Clients[clientId], persona, edit);
    }

    /// <summary>
    /// Sends logout tokens through a handler, for applications that a test hosts in memory. Until it is called, an emulator on a
    /// port posts them over the network, and an emulator in memory does not send them.
    /// </summary>
    /// <param name="handler">The handler that reaches the applications. It is not disposed with the emulator.</param>
    public void DeliverLogoutTo(HttpMessageHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _backChannel.Use(handler);
    }

    /// <summary>Issues a logout token for a session, without ending it.</summary>
    /// <param name="clientId">The client, which is the audience of the token.</param>
    /// <param name="session">The session whose <c>sid</c> and <c>sub</c> the token contains.</param>
    /// <returns>The token.</returns>
    public string IssueLogoutToken(string clientId, EmulatorSession session) => IssueLogoutToken(clientId, session, _ => { });

    /// <summary>Issues a logout token for a session, without ending it.</summary>
    /// <param name="clientId">The client, which is the audience of the token.</param>
    /// <param name="session">The session whose <c>sid</c> and <c>sub</c> the token contains.</param>
    /// <param name="edit">Edits the token before it is signed.</param>
    /// <returns>The token.</returns>
    public string IssueLogoutToken(string clientId, EmulatorSession session, Action<TokenDraft> edit)
    {
        ArgumentNullException.ThrowIfNull(session);
        return IssueLogoutToken(clientId, session.Persona.Subject, session.SessionId, edit);
    }

    /// <summary>Issues a logout token (OIDC Back-Channel Logout §2.4) for any subject, without a session.</summary>
    /// <param name="clientId">The client, which is the audience of the token.</param>
    /// <param name="subject">The <c>sub</c>; omitted if null.</param>
    /// <param name="sessionId">The <c>sid</c>; omitted if null.</param>
    /// <param name="edit">Edits the token before it is signed.</param>
    /// <returns>The token, which is valid for two minutes.</returns>
    public string IssueLogoutToken(string clientId, string? subject, string? sessionId, Action<TokenDraft>? edit = null) =>
        LogoutTokenIssuer.Issue(_state, Clients[clientId], subject, sessionId, edit);

    /// <summary>Stops the emulator.</summary>
    /// <returns>A task that completes when the emulator has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _backChannel.Dispose();
    }

    internal static EmulatorState NewState(Action<EmulatorOptions>? configure)
    {
        var options = new EmulatorOptions();
        configure?.Invoke(options);
        options.Validate();
        return new(options.Copy());
    }

    internal static async Task<AuthentiqEmulator> StartAsync(Action<EmulatorOptions>? configure, string portSetting, ILoggerFactory? loggers, CancellationToken cancellationToken)
    {
        var state = NewState(configure);
        var backChannel = new BackChannelLogout(state);
        var phone = new EmulatedPhone(state, backChannel);
        var app = await EmulatorHost.StartAsync(state, new(state, phone, backChannel), portSetting, loggers, cancellationToken);
        backChannel.UseNetwork();
        return new(state, phone, backChannel, app, isInMemory: false);
    }
}
