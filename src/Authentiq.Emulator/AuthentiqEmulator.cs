using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.Emulator;

/// <summary>A local Authentiq Connect: in memory for tests, or on a loopback port for a browser. Everything that it knows is gone when it is disposed.</summary>
public sealed class AuthentiqEmulator : IAsyncDisposable
{
    private readonly EmulatorState _state;
    private readonly WebApplication _application;

    private AuthentiqEmulator(EmulatorState state, WebApplication application)
    {
        _state = state;
        _application = application;
    }

    /// <summary>Who the emulator says it is, with the slash.</summary>
    public Uri Issuer => _state.Issuer;

    /// <summary>The registered clients. One for development is there from the start: see <see cref="EmulatorDefaults"/>.</summary>
    public EmulatorClients Clients => _state.Clients;

    /// <summary>The people whom the phone offers.</summary>
    public IList<Persona> Personas => _state.Personas;

    /// <summary>The keys that sign tokens.</summary>
    public EmulatorKeys Keys => _state.Keys;

    /// <summary>The pretend phone.</summary>
    public EmulatedPhone Phone => _state.Phone;

    /// <summary>Wrong answers on demand.</summary>
    public EmulatorFaults Faults => _state.Faults;

    /// <summary>What was asked of the emulator.</summary>
    public RecordedRequests Requests => _state.Requests;

    /// <summary>Starts in memory, without a port. The issuer is the hosted provider's unless the options say otherwise, so that an application under test keeps its settings.</summary>
    public static async Task<AuthentiqEmulator> StartInMemoryAsync(Action<EmulatorOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var state = CreateState(configure);
        state.Issuer = state.Options.Issuer ?? new Uri(EmulatorDefaults.Issuer);
        var application = EmulatorApplication.Build(state, host => host.UseTestServer());
        await application.StartAsync(cancellationToken);
        return new(state, application);
    }

    /// <summary>Starts on a port of this machine, which no other machine can reach.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="InvalidOperationException">The issuer is not an address of this machine.</exception>
    public static async Task<AuthentiqEmulator> StartAsync(Action<EmulatorOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var state = CreateState(configure);
        if (state.Options.Issuer is { IsLoopback: false } outside)
        {
            throw new InvalidOperationException($"The emulator signs anybody in as anybody, so it stays on this machine: its issuer cannot be {outside}. Use an address on localhost.");
        }

        var port = state.Options.Port is 0 ? state.Options.Issuer?.Port ?? FindFreePort() : state.Options.Port;
        state.Issuer = state.Options.Issuer ?? new Uri($"http://localhost:{port}/");
        var application = EmulatorApplication.Build(state, host => host.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port)));
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            await application.DisposeAsync();
            throw new IOException($"The Authentiq emulator cannot listen on port {port}: another program does. Stop that, or choose another port (Emulator:Port, or --port).", exception.InnerException);
        }

        return new(state, application);
    }

    /// <summary>A handler that reaches an emulator in memory: the application's backchannel, or a test's browser.</summary>
    /// <exception cref="InvalidOperationException">This emulator listens on a port.</exception>
    public HttpMessageHandler CreateHandler() => _application.Services.GetRequiredService<IServer>() is TestServer server
        ? server.CreateHandler()
        : throw new InvalidOperationException($"This emulator listens on {Issuer}; only one that was started in memory has a handler.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static EmulatorState CreateState(Action<EmulatorOptions>? configure)
    {
        var options = new EmulatorOptions();
        configure?.Invoke(options);
        options.Validate();
        return new(options);
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
