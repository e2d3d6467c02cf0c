using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace Authentiq.Emulator;

/// <summary>A running Authentiq Connect of your own: in memory for tests, or on a loopback port for development.</summary>
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

    /// <summary>The applications it knows.</summary>
    public EmulatorClients Clients => _state.Clients;

    /// <summary>The people on its sign-in page.</summary>
    public IList<Persona> Personas => _state.Personas;

    /// <summary>Its signing keys.</summary>
    public EmulatorKeys Keys => _state.Keys;

    /// <summary>The phone that approves or denies.</summary>
    public EmulatedPhone Phone { get; }

    /// <summary>Wrong answers on demand.</summary>
    public EmulatorFaults Faults => _state.Faults;

    /// <summary>What it was asked.</summary>
    public RecordedRequests Requests => _state.Requests;

    /// <summary>Everything that it stores.</summary>
    internal EmulatorState State => _state;

    /// <summary>Starts an emulator without a port. <see cref="CreateHandler"/> is the way to it.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <param name="cancellationToken">Stops the start.</param>
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
    /// <param name="configure">Changes the options.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The emulator, ready for requests.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="InvalidOperationException">The issuer is not a loopback address.</exception>
    public static Task<AuthentiqEmulator> StartAsync(Action<EmulatorOptions>? configure = null, CancellationToken cancellationToken = default) =>
        StartAsync(NewState(configure), $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Port)}", loggers: null, cancellationToken);

    /// <summary>A way to an emulator in memory, for the backchannel of an application and for the browser of a test.</summary>
    /// <returns>A handler that reaches this emulator and nothing else.</returns>
    /// <exception cref="InvalidOperationException">The emulator listens on a port.</exception>
    public HttpMessageHandler CreateHandler() => _isInMemory
        ? new InMemoryHandler(_app.GetTestServer().CreateHandler())
        : throw new InvalidOperationException($"This emulator listens on {Issuer}; any HTTP client reaches it there.");

    /// <summary>Issues an ID token for everything a person has, without a sign-in.</summary>
    /// <param name="clientId">The client it is for.</param>
    /// <param name="persona">The person it is about.</param>
    /// <param name="edit">Changes it before it is signed.</param>
    /// <returns>The token.</returns>
    public string IssueIdToken(string clientId, Persona persona, Action<TokenDraft>? edit = null)
    {
        ArgumentNullException.ThrowIfNull(persona);
        return IdTokenIssuer.Issue(_state, Clients[clientId], persona, edit);
    }

    /// <summary>
    /// Sends logout tokens through a handler: for tests, which have their applications in memory. Until it is called, an
    /// emulator on a port posts them over the network, and one in memory reaches nobody.
    /// </summary>
    /// <param name="handler">The way to the applications. It is not disposed with the emulator.</param>
    public void DeliverLogoutTo(HttpMessageHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _backChannel.Use(handler);
    }

    /// <summary>Issues a logout token for a session, without ending it.</summary>
    /// <param name="clientId">The client it is for.</param>
    /// <param name="session">The session whose <c>sid</c> and <c>sub</c> it names.</param>
    /// <returns>The token.</returns>
    public string IssueLogoutToken(string clientId, EmulatorSession session) => IssueLogoutToken(clientId, session, _ => { });

    /// <summary>Issues a logout token for a session, without ending it.</summary>
    /// <param name="clientId">The client it is for.</param>
    /// <param name="session">The session whose <c>sid</c> and <c>sub</c> it names.</param>
    /// <param name="edit">Changes it before it is signed.</param>
    /// <returns>The token.</returns>
    public string IssueLogoutToken(string clientId, EmulatorSession session, Action<TokenDraft> edit)
    {
        ArgumentNullException.ThrowIfNull(session);
        return IssueLogoutToken(clientId, session.Persona.Subject, session.SessionId, edit);
    }

    /// <summary>Issues a logout token (OIDC Back-Channel Logout §2.4) for anybody, without a session.</summary>
    /// <param name="clientId">The client it is for.</param>
    /// <param name="subject">Its <c>sub</c>; none if null.</param>
    /// <param name="sessionId">Its <c>sid</c>; none if null.</param>
    /// <param name="edit">Changes it before it is signed.</param>
    /// <returns>The token, good for two minutes.</returns>
    public string IssueLogoutToken(string clientId, string? subject, string? sessionId, Action<TokenDraft>? edit = null) =>
        LogoutTokenIssuer.Issue(_state, Clients[clientId], subject, sessionId, edit);

    /// <summary>Stops the emulator.</summary>
    /// <returns>A task that ends when it has stopped.</returns>
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

    internal static async Task<AuthentiqEmulator> StartAsync(EmulatorState state, string portSetting, ILoggerFactory? loggers, CancellationToken cancellationToken)
    {
        var backChannel = new BackChannelLogout(state);
        var phone = new EmulatedPhone(state, backChannel);
        var app = await EmulatorHost.StartAsync(state, new(state, phone, backChannel), portSetting, loggers, cancellationToken);
        backChannel.UseNetwork();
        return new(state, phone, backChannel, app, isInMemory: false);
    }
}
