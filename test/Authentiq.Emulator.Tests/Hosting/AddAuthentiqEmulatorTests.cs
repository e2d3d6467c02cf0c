using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Authentiq.Emulator.Tests.Hosting;

public sealed class AddAuthentiqEmulatorTests
{
    private const string Section = "Authentication:Schemes:Authentiq:";

    [Fact]
    public async Task In_development_it_starts_with_the_application_and_is_found_through_the_configuration()
    {
        await using var app = await StartAsync("Development");

        app.Configuration[Section + "RequireHttpsMetadata"].ShouldBe("false");
        app.Configuration[Section + "ClientId"].ShouldBe(EmulatorDefaults.ClientId);
        app.Configuration[Section + "ClientSecret"].ShouldBe(EmulatorDefaults.ClientSecret);
        (await IsRunningAsync(app)).ShouldBeTrue();
        Warnings(app).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Production", null)]
    [InlineData("Staging", null)]
    [InlineData("Development", "false")]
    public async Task Outside_development_it_is_not_registered(string environment, string? enabled)
    {
        await using var app = await StartAsync(environment, ("Emulator:Enabled", enabled));

        app.Configuration[Section + "Authority"].ShouldBeNull();
        app.Configuration[Section + "ClientSecret"].ShouldBeNull();
        app.Services.GetServices<IHostedService>().ShouldNotContain(service => service is EmulatorService);
    }

    [Fact]
    public async Task Outside_development_it_must_be_enabled_and_logs_a_warning()
    {
        await using var app = await StartAsync("Production", ("Emulator:Enabled", "true"));

        (await IsRunningAsync(app)).ShouldBeTrue();
        Warnings(app).ShouldHaveSingleItem().ShouldContain("It signs in any user without authentication.");
    }

    [Fact]
    public async Task Disabled_by_a_later_source_it_supplies_no_settings()
    {
        await using var app = await StartAsync("Development", builder => builder.Configuration["Emulator:Enabled"] = "false");

        Emulator(app).ShouldBeNull();
        app.Configuration[Section + "Authority"].ShouldBeNull();
        app.Configuration[Section + "ClientSecret"].ShouldBeNull();
        app.Configuration.GetSection("Authentication").GetChildren().ShouldBeEmpty();
    }

    [Fact]
    public async Task Disabled_later_it_leaves_the_settings_of_the_application()
    {
        await using var app = await StartAsync("Development", builder =>
        {
            builder.Configuration["Emulator:Enabled"] = "false";
            builder.Configuration[Section + "ClientId"] = "mine";
        });

        app.Configuration.GetSection("Authentication:Schemes:Authentiq").GetChildren().Select(child => (child.Key, child.Value)).ShouldBe([("ClientId", "mine")]);
    }

    [Fact]
    public async Task Its_settings_can_be_enumerated_in_the_section()
    {
        await using var app = await StartAsync("Development");

        app.Configuration.GetSection("Authentication:Schemes:Authentiq").GetChildren().Select(child => child.Key)
            .ShouldBe(["Authority", "ClientId", "ClientSecret", "IsEmulator", "RequireHttpsMetadata"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Authority", "https://connect.authentiq.io/")]
    [InlineData("Authority", "http://localhost:9999/")]
    [InlineData("MetadataAddress", "https://connect.authentiq.io/.well-known/openid-configuration")]
    [InlineData("ClientId", "mine")]
    [InlineData("ClientId", "")]
    [InlineData("ClientSecret", "my own secret, with thirty-two characters")]
    public async Task Beside_a_configured_value_it_supplies_nothing_and_logs_why(string key, string value)
    {
        foreach (var isLater in (bool[])[false, true])
        {
            await using var app = isLater
                ? await StartAsync("Development", builder => builder.Configuration[Section + key] = value)
                : await StartAsync("Development", (Section + key, value));

            app.Configuration.GetSection("Authentication:Schemes:Authentiq").GetChildren().Select(child => (child.Key, child.Value)).ShouldBe([(key, value)]);
            Emulator(app).ShouldBeNull();
            Warnings(app).ShouldHaveSingleItem().ShouldStartWith($"The Authentiq emulator is not used: the application has configured {Section}{key}, and");
        }
    }

    [Fact]
    public async Task An_application_with_another_provider_has_no_emulator()
    {
        await using var app = await StartAsync("Development", (Section + "Authority", "https://connect.authentiq.io/"), (Section + "ClientId", "mine"), (Section + "ClientSecret", "my own secret, with thirty-two characters"));

        Emulator(app).ShouldBeNull();
        app.Configuration[Section + "RequireHttpsMetadata"].ShouldBeNull();
        Warnings(app).ShouldBeEmpty();
        app.Services.GetFakeLogCollector().GetSnapshot().ShouldContain(record => record.Message.StartsWith("The Authentiq emulator is not used"));
    }

    [Fact]
    public async Task Settings_that_do_not_select_a_provider_leave_it_enabled()
    {
        await using var app = await StartAsync("Development", (Section + "RequireHttpsMetadata", "true"), (Section + "Scope", "openid"));

        (await IsRunningAsync(app)).ShouldBeTrue();
        app.Configuration[Section + "RequireHttpsMetadata"].ShouldBe("true");
    }

    [Fact]
    public async Task The_registered_client_has_the_settings_of_an_application_that_configures_the_emulator()
    {
        var port = EmulatorAddress.FreePortIfZero(0);
        await using var app = await StartAsync(
            "Development",
            options => options.ApproveAs = Personas.Alice,
            ("Emulator:Port", $"{port}"),
            (Section + "Authority", $"http://localhost:{port}/"),
            (Section + "ClientId", "mine"),
            (Section + "ClientSecret", "my own secret, with thirty-two characters"),
            (Section + "TokenEndpointAuthMethod", "client_secret_post"),
            (Section + "IdTokenSignedResponseAlg", "ES256 RS256"));
        var authority = new Uri(app.Configuration[Section + "Authority"]!);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = authority };
        using var result = await client.GetAsync(QueryHelpers.AddQueryString("authorize", Lab.Request(("client_id", "mine"))!), TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"),
            new("code", QueryHelpers.ParseQuery(result.Headers.Location!.Query)["code"].ToString()),
            new("redirect_uri", The.RedirectUri),
            new("client_id", "mine"),
            new("client_secret", "my own secret, with thirty-two characters"),
        ]);

        using var response = await client.PostAsync("token", form, TestContext.Current.CancellationToken);

        (await JsonReply.ReadAsync(response)).IdToken.Alg.ShouldBe("ES256");
    }

    [Fact]
    public async Task A_port_in_use_fails_the_start_and_names_the_setting_to_change()
    {
        await using var other = await AuthentiqEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var refusal = await Should.ThrowAsync<IOException>(() => StartAsync("Development", ("Emulator:Port", $"{other.Issuer.Port}")));

        refusal.Message.ShouldContain("Emulator:Port");
    }

    [Fact]
    public async Task It_stops_with_the_application()
    {
        var app = await StartAsync("Development");
        await using (app)
        {
            await app.StopAsync(TestContext.Current.CancellationToken);
            (await IsRunningAsync(app)).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:", null, "/signout-authentiq")]
    [InlineData("http://*:0", "http://localhost:", "/bye", "/bye")]
    public async Task The_phone_signs_users_out_of_the_hosting_application(string url, string origin, string? path, string signOutPath)
    {
        IFormCollection? form = null;
        await using var app = await StartAsync(
            "Development",
            options: null,
            builder =>
            {
                builder.WebHost.UseKestrel().UseUrls(url);
                builder.Services.AddSingleton<IStartupFilter>(new Inbox(signOutPath, received => form = received));
            },
            [(Section + "RemoteSignOutPath", path)]);
        var emulator = Emulator(app)!;
        var client = emulator.Clients[EmulatorDefaults.ClientId];
        client.BackChannelLogoutUri.ShouldNotBeNull().ShouldStartWith(origin);
        client.BackChannelLogoutUri.ShouldEndWith(signOutPath);
        var session = new EmulatorSession(Personas.Alice, TimeProvider.System.GetUtcNow());
        session.Grant(client.ClientId, []);

        (await emulator.Phone.SignOutAsync(session, TestContext.Current.CancellationToken)).ShouldBe([new(client.ClientId, 200)]);
        form.ShouldNotBeNull().Keys.ShouldBe(["logout_token"]);
    }

    private static Task<WebApplication> StartAsync(string environment, params (string Key, string? Value)[] configuration) =>
        StartAsync(environment, (Action<EmulatorOptions>?)null, configuration);

    private static Task<WebApplication> StartAsync(string environment, Action<WebApplicationBuilder> later) => StartAsync(environment, null, later, []);

    private static Task<WebApplication> StartAsync(string environment, Action<EmulatorOptions>? options, params (string Key, string? Value)[] configuration) =>
        StartAsync(environment, options, later: null, configuration);

    private static async Task<WebApplication> StartAsync(string environment, Action<EmulatorOptions>? options, Action<WebApplicationBuilder>? later, (string Key, string? Value)[] configuration)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Configuration.AddInMemoryCollection([new("Emulator:Port", "0")]);
        builder.Configuration.AddInMemoryCollection(configuration.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.AddAuthentiqEmulator(options);
        later?.Invoke(builder);
        var app = builder.Build();
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static AuthentiqEmulator? Emulator(WebApplication app) => app.Services.GetServices<IHostedService>().OfType<EmulatorService>().Single().Emulator;

    private static async Task<bool> IsRunningAsync(WebApplication app)
    {
        using var client = new HttpClient();
        try
        {
            using var response = await client.GetAsync(new Uri(new(app.Configuration[Section + "Authority"]!), "public-keys"), TestContext.Current.CancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private sealed class Inbox(string path, Action<IFormCollection> receive) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Map(path, branch => branch.Run(async http => receive(await http.Request.ReadFormAsync(http.RequestAborted))));
            next(app);
        };
    }

    private static IEnumerable<string> Warnings(WebApplication app) => app.Services.GetFakeLogCollector().GetSnapshot()
        .Where(record => record.Level >= LogLevel.Warning && record.Category == "Authentiq.Emulator")
        .Select(record => record.Message);
}
