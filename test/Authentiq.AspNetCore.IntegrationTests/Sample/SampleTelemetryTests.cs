using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class SampleTelemetryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_receives_the_metrics_and_traces_of_a_sign_in_without_its_secrets()
    {
        var received = new ConcurrentQueue<(string Path, string Body)>();
        await using var collector = await StartCollectorAsync(received);
        await using var provider = await AuthentiqEmulator.StartAsync(options => options.ApproveAs = Personas.Alice, Ct);
        await using var node = new SampleNode(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Authentication__Schemes__Authentiq__Authority"] = provider.Issuer.AbsoluteUri,
            ["Authentication__Schemes__Authentiq__ClientId"] = EmulatorDefaults.ClientId,
            ["Authentication__Schemes__Authentiq__ClientSecret"] = EmulatorDefaults.ClientSecret,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        });
        await node.StartAsync(Ct);
        using var network = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var browser = new Browser(network);

        (await browser.GoAsync(node.Address + "/profile", Ct)).Url.AbsolutePath.ShouldBe("/profile");

        await Eventually.BecomesTrueAsync(() => Task.FromResult(Has("/v1/traces", "authentiq.callback") && Has("/v1/metrics", "authentiq.sign_ins")), "the collector has received both");
        Has("/v1/traces", "/signin-authentiq").ShouldBeTrue("the trace of the request is there as well");
        var secrets = browser.History.Where(url => url.AbsolutePath is "/signin-authentiq" or "/authorize").SelectMany(url => QueryHelpers.ParseQuery(url.Query))
            .Where(parameter => parameter.Key is "code" or "state" or "nonce").Select(parameter => parameter.Value.ToString()).Append(Personas.Alice.Subject).ToList();
        secrets.Count.ShouldBeGreaterThan(3);
        secrets.ShouldAllBe(secret => !received.Any(request => request.Body.Contains(secret, StringComparison.Ordinal)));

        bool Has(string path, string text) => received.Any(request => request.Path == path && request.Body.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_collector_nothing_is_collected()
    {
        await using var sample = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder
            .UseEnvironment("Production")
            .UseSetting("Authentication:Schemes:Authentiq:ClientId", "client")
            .UseSetting("Authentication:Schemes:Authentiq:ClientSecret", "a-client-secret-of-32-characters"));

        sample.Services.GetService<TracerProvider>().ShouldBeNull();
    }

    private static async Task<WebApplication> StartCollectorAsync(ConcurrentQueue<(string Path, string Body)> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find()}"));
        var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            received.Enqueue((context.Request.Path.ToString(), Encoding.Latin1.GetString(body.ToArray())));
            context.Response.ContentType = "application/x-protobuf";
        });
        await collector.StartAsync(Ct);
        return collector;
    }
}
