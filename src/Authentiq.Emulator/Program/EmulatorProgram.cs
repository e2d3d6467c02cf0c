using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Authentiq.Emulator;

/// <summary>The emulator as a program.</summary>
internal static class EmulatorProgram
{
    private const string Usage = """
        A local Authentiq Connect for development.

          --port <number>   the loopback port; default 5003, 0 for any free port
          --issuer <url>    the issuer; default http://localhost:<port>/
          --help            show this help
        """;

    public static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        return await RunAsync(args, Console.Out, Console.Error, stop.Token);
    }

    /// <returns>The exit code: 0 after a clean stop, 1 if the start failed, 2 for invalid arguments.</returns>
    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken stop)
    {
        if (args is ["--help" or "-h" or "-?"])
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }

        if (ReadOptions(args) is not { } options)
        {
            await error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            using var loggers = LoggerFactory.Create(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
            await using var emulator = await StartAsync(options, loggers, stop);
            await output.WriteLineAsync(Welcome(emulator));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        }
        catch (OperationCanceledException)
        {
            // A signal stopped the program.
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException)
        {
            await error.WriteLineAsync(failure.Message);
            return 1;
        }

        return 0;
    }

    internal static async Task<AuthentiqEmulator> StartAsync(Action<EmulatorOptions> options, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var emulator = await AuthentiqEmulator.StartAsync(options, "--port", loggers, cancellationToken);

        // The application is another program. Its address is known after the first sign-in.
        emulator.Clients[EmulatorDefaults.ClientId].RemoteSignOutPath = EmulatorDefaults.RemoteSignOutPath;
        return emulator;
    }

    private static Action<EmulatorOptions>? ReadOptions(string[] args)
    {
        var port = EmulatorDefaults.Port;
        Uri? issuer = null;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var isKnown = args[i] switch
            {
                "--port" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535,
                "--issuer" => Uri.TryCreate(value, UriKind.Absolute, out issuer),
                _ => false,
            };
            if (!isKnown)
            {
                return null;
            }
        }

        return options =>
        {
            options.Port = port;
            options.Issuer = issuer;
        };
    }

    private static string Welcome(AuthentiqEmulator emulator) => $"""
        Authentiq Connect emulator. It signs in any user without authentication. Do not expose it to a network.

          Authority      {emulator.Issuer}
          ClientId       {EmulatorDefaults.ClientId}
          ClientSecret   {EmulatorDefaults.ClientSecret}

        Press Ctrl+C to stop.
        """;
}
