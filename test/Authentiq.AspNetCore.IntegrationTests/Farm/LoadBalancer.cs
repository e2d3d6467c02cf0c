using System.Globalization;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>nginx in front of two nodes, in round-robin order. If one node does not respond, the request is sent to the other.</summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    /// <summary>The response header with the name of the node.</summary>
    public const string NodeHeader = "X-Node";

    private readonly TemporaryFolder _folder = new();
    private ChildProcess? _process;

    public int Port { get; } = FreePort.Find();

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}");

    public async Task StartAsync(IEnumerable<int> nodes, CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(_folder.Path, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(nodes), cancellationToken);
        _process = ChildProcess.Start("nginx", "nginx-light", ["-p", _folder.Path, "-c", configuration, "-e", "stderr"]);
        await _process.WaitUntilOpenAsync(Address, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private string Configuration(IEnumerable<int> nodes) => string.Create(CultureInfo.InvariantCulture, $$"""
        daemon off;
        master_process off;
        error_log stderr warn;
        pid nginx.pid;
        events { worker_connections 512; }
        http {
          access_log off;
          client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
          upstream nodes {
            {{string.Concat(nodes.Select(port => string.Create(CultureInfo.InvariantCulture, $"server 127.0.0.1:{port} max_fails=1 fail_timeout=1s; ")))}}
          }
          server {
            listen 127.0.0.1:{{Port}};
            large_client_header_buffers 8 16k;
            location / {
              proxy_pass http://nodes;
              proxy_connect_timeout 2s;
              proxy_buffer_size 32k;
              proxy_buffers 8 32k;
              proxy_set_header Host $http_host;
              proxy_set_header X-Forwarded-For $remote_addr;
              proxy_set_header X-Forwarded-Host $http_host;
              proxy_set_header X-Forwarded-Proto $scheme;
              add_header {{NodeHeader}} $upstream_addr always;
            }
          }
        }
        """);
}
