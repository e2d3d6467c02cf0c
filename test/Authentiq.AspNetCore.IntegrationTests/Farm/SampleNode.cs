using System.Globalization;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>One instance of the sample application, in a separate process.</summary>
internal sealed class SampleNode(IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private ChildProcess? _process;

    public int Port { get; } = FreePort.Find();

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}");

    public string Output => _process!.Output;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = ChildProcess.Start("dotnet", "dotnet-sdk-10.0", [Assembly(), "--contentRoot", ContentRoot()], settings.Append(new("ASPNETCORE_URLS", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"))));
        await _process.WaitUntilOpenAsync(Address, cancellationToken);
    }

    public Task KillAsync() => _process!.KillAsync();

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? default;

    // artifacts/bin/<project>/<configuration>/
    private static string Assembly()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(here.Parent!.Parent!.FullName, "sample-webapp", here.Name, "sample-webapp.dll");
    }

    private static string ContentRoot() => Path.Combine(new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Parent!.Parent!.Parent!.FullName, "sample-webapp");
}
