using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Authentiq.TestSupport;

/// <summary>A program that a test runs beside itself. It ends with the test, and with the test run at the latest.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ChildProcess(Process process)
    {
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>What it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="package">The Debian package that brings it, for whoever does not have it.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Changes to the environment.</param>
    /// <returns>The program, which runs.</returns>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static ChildProcess Start(string program, string package, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        // Debian keeps servers where a user's path does not look.
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/local/sbin";
        if (!program.Contains('/', StringComparison.Ordinal) && !Path.IsPathRooted(program))
        {
            start.FileName = Find(program) ?? throw new InvalidOperationException($"These tests need {program}: install the package {package}.");
        }

        var child = new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
        child._process.OutputDataReceived += child.Keep;
        child._process.ErrorDataReceived += child.Keep;
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits until it is ready, or says what it wrote.</summary>
    /// <param name="isReady">Asked again and again; an exception means no.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that ends when it is ready.</returns>
    /// <exception cref="InvalidOperationException">It ended, or was not ready within a minute.</exception>
    public async Task WaitUntilReadyAsync(Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!await TryAsync(isReady, patience.Token))
        {
            if (HasExited || patience.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new InvalidOperationException($"{_process.StartInfo.FileName} did not get ready. It wrote:\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }

    /// <summary>Waits until a page opens.</summary>
    public async Task WaitUntilOpenAsync(string address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        await WaitUntilReadyAsync(token => IsOpenAsync(client, new Uri(address), token), cancellationToken);
    }

    /// <summary>Sends it a signal, such as <c>STOP</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id.ToString(CultureInfo.InvariantCulture)}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it without a word, as a power failure would.</summary>
    public async Task KillAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        await KillAsync();
        _process.Dispose();
    }

    private static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin".Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static async Task<bool> IsOpenAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(address, cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private static async Task<bool> TryAsync(Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        try
        {
            return await isReady(cancellationToken);
        }
        catch (Exception notYet) when (notYet is IOException or HttpRequestException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }

    private void OnExit(object? sender, EventArgs e) => Kill();

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }
}
