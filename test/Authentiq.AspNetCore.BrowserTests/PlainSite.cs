using System.Text.Encodings.Web;
using Authentiq.Emulator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>A provider and an application that does not set <c>ErrorPath</c>.</summary>
public sealed class PlainSite : IAsyncLifetime
{
    private AuthentiqEmulator? _provider;
    private WebApplication? _application;

    /// <summary>The base address of the application, without a trailing slash.</summary>
    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _provider = await AuthentiqEmulator.StartAsync();

        var builder = WebApplication.CreateSlimBuilder();

        // Removes the settings of the sample, which are in the output folder of these tests.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication().AddAuthentiq(options =>
        {
            options.Authority = _provider.Issuer.ToString();
            options.ClientId = EmulatorDefaults.ClientId;
            options.ClientSecret = EmulatorDefaults.ClientSecret;
        });

        _application = builder.Build();
        _application.MapGet("/members", [Authorize] () => "members only");
        _application.MapGet("/staff", [Authorize(Roles = "staff")] () => "staff only");
        _application.MapGet("/failures/{error}", (string error, HttpContext context, HtmlEncoder html) => FailurePage.WriteAsync(context.Response, html, error, "/members", context.TraceIdentifier));
        await _application.StartAsync();

        // By host name, as in the redirect URI: cookies are bound to the host name.
        Address = $"http://localhost:{new Uri(_application.Urls.Single()).Port}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }
}
