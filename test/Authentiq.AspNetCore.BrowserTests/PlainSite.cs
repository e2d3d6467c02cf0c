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

/// <summary>An application without a page of its own for sign-ins that do not complete, and a provider.</summary>
public sealed class PlainSite : IAsyncLifetime
{
    private AuthentiqEmulator? _provider;
    private WebApplication? _application;

    /// <summary>The address of the application, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _provider = await AuthentiqEmulator.StartAsync();

        var builder = WebApplication.CreateSlimBuilder();

        // The sample's settings lie beside these tests; this application has none.
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

        // Under its name, as the redirect URI has it: the cookies of the sign-in belong to a name.
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
