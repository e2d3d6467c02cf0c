using Microsoft.Playwright;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Authentiq.AspNetCore.BrowserTests.Chromium))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>The browser that all tests share. Each test opens its own window with its own cookies.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string?[] Executables =
    [
        Environment.GetEnvironmentVariable("CHROMIUM"),
        "/usr/bin/chromium-headless-shell",
        "/usr/bin/chromium",
    ];

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Chromium still sends some background requests. Only localhost resolves, so no request leaves this machine.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not been started.");

    public async ValueTask InitializeAsync()
    {
        var executable = Executables.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("No Chromium was found. Run test/run as root, which installs it, or install chromium-headless-shell, or set CHROMIUM to its path.");

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Arguments });
        Assertions.SetDefaultExpectTimeout(15_000);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
