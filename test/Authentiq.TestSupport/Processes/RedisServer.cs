using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Authentiq.TestSupport;

/// <summary>A Redis of its own for a test: the real server, on a free loopback port, with its files in a folder that is gone afterwards.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly bool _keepsData;
    private ChildProcess? _process;

    private RedisServer(bool keepsData) => _keepsData = keepsData;

    /// <summary>The port, which stays the same after a restart.</summary>
    public int Port { get; } = FreePort.Find();

    /// <summary>How StackExchange.Redis finds it.</summary>
    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts a server.</summary>
    /// <param name="keepsData">Whether it finds its data again after a restart.</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <returns>A server that answers.</returns>
    public static async Task<RedisServer> StartAsync(bool keepsData = false, CancellationToken cancellationToken = default)
    {
        var server = Prepare(keepsData);
        await server.StartAgainAsync(cancellationToken);
        return server;
    }

    /// <summary>A server that does not run yet.</summary>
    public static RedisServer Prepare(bool keepsData = false) => new(keepsData);

    /// <summary>Starts it after it was stopped.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        _process = ChildProcess.Start("redis-server", "redis-server",
        [
            "--bind", "127.0.0.1",
            "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--dir", _folder.Path,
            "--save", "",
            "--appendonly", _keepsData ? "yes" : "no",
            "--appendfsync", "always",
        ]);
        await _process.WaitUntilReadyAsync(AnswersAsync, cancellationToken);
    }

    /// <summary>Stops it in good order.</summary>
    public Task StopAsync() => _process!.StopAsync();

    /// <summary>Lets it hang: connections stay open, and nothing is answered.</summary>
    public Task PauseAsync() => _process!.SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ResumeAsync() => _process!.SignalAsync("CONT");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
        var answer = new byte[5];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return Encoding.ASCII.GetString(answer) == "+PONG";
    }
}
