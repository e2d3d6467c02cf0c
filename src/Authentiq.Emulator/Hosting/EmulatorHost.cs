using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Authentiq.Emulator;

/// <summary>
/// The web server of the emulator. It reads no configuration and no environment variables: those belong to the application
/// that hosts it.
/// </summary>
internal static class EmulatorHost
{
    public static async Task<WebApplication> StartInMemoryAsync(EmulatorState state, EmulatorRoutes routes, CancellationToken cancellationToken)
    {
        state.Issuer = EmulatorAddress.InMemory(state.Options);
        var app = Build(state, routes, inMemory: true, host => host.UseTestServer(options => options.BaseAddress = state.Issuer), loggers: null);
        await app.StartAsync(cancellationToken);
        return app;
    }

    /// <param name="state">The state of the emulator.</param>
    /// <param name="routes">The endpoints.</param>
    /// <param name="portSetting">The setting that changes the port, for the error message.</param>
    /// <param name="loggers">Receive the warnings and errors of the server, if given.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<WebApplication> StartAsync(EmulatorState state, EmulatorRoutes routes, string portSetting, ILoggerFactory? loggers, CancellationToken cancellationToken)
    {
        var port = EmulatorAddress.Port(state.Options);
        state.Issuer = EmulatorAddress.OnPort(state.Options, port);
        var app = Build(state, routes, inMemory: false, host => host.UseKestrelCore().ConfigureKestrel(options => Listen(options, port)), loggers);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException busy) when (busy.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            throw new IOException($"The Authentiq emulator cannot listen on port {port} because the port is in use. Stop the other program, or set {portSetting} to a free port.", busy.InnerException);
        }

        if (port == 0)
        {
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
            state.Issuer = EmulatorAddress.OnPort(state.Options, new Uri(addresses.First()).Port);
        }

        return app;
    }

    private static WebApplication Build(EmulatorState state, EmulatorRoutes routes, bool inMemory, Action<IWebHostBuilder> useServer, ILoggerFactory? loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "Authentiq.Emulator" });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        if (loggers is not null)
        {
            builder.Services.AddSingleton<ILoggerFactory>(_ => new ServerLoggers(loggers));
        }

        useServer(builder.WebHost);

        var app = builder.Build();
        app.Use(next => http => new HostCheck(state, inMemory).InvokeAsync(http, next));
        app.Use(next => http => RequestSizeCheck.InvokeAsync(http, next));
        app.Use(next => http => new RequestJournal(state).InvokeAsync(http, next));
        app.Use(next => http => new FaultInjection(state, inMemory).InvokeAsync(http, next));
        app.UseRouting();
        routes.Map(app);
        return app;
    }

    // Loopback only: every client that reaches the emulator can sign in as any user.
    private static void Listen(KestrelServerOptions options, int port)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = RequestLimits.MaxBody;
        if (port == 0)
        {
            options.Listen(IPAddress.Loopback, port);
        }
        else
        {
            options.ListenLocalhost(port);
        }
    }
}
