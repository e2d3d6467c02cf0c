using System.Globalization;

namespace Authentiq.Emulator;

/// <summary>The emulator as a program of its own.</summary>
internal static class EmulatorProgram
{
    public static async Task<int> Main(string[] args)
    {
        if (!TryReadPort(args, out var port))
        {
            await Console.Error.WriteLineAsync("Usage: Authentiq.Emulator [--port 5003]");
            return 2;
        }

        try
        {
            await using var emulator = await AuthentiqEmulator.StartAsync(options => options.Port = port);
            await Console.Out.WriteLineAsync($"""
                The Authentiq emulator listens on {emulator.Issuer}
                  Authority     {emulator.Issuer}
                  ClientId      {EmulatorDefaults.ClientId}
                  ClientSecret  {EmulatorDefaults.ClientSecret}
                Press Ctrl+C to stop.
                """);
            await WaitForCtrlCAsync();
            return 0;
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static bool TryReadPort(string[] args, out int port)
    {
        port = EmulatorDefaults.Port;
        return args is [] || (args is ["--port", var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535);
    }

    private static async Task WaitForCtrlCAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stopped.TrySetResult();
        };
        await stopped.Task;
    }
}
