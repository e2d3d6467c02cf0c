using System.Net;
using System.Text;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The values of the emulator beside those of an application: all of them, or none.</summary>
public sealed class EmulatorValuesTests
{
    private const string Section = "Authentication:Schemes:Authentiq:";
    private const string RealAuthority = "https://connect.authentiq.io/";

    private static readonly string[] Keys = ["Authority", "ClientId", "ClientSecret", "RequireHttpsMetadata"];

    /// <summary>Every choice of what the application sets, in configuration and in code.</summary>
    public static TheoryData<int, bool> Choices => new MatrixTheoryData<int, bool>(Enumerable.Range(0, 16), [false, true]);

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task The_emulators_values_are_used_all_together_or_not_at_all(int choice, bool inCode)
    {
        var own = Own(choice);

        var (application, failure) = await TryStartAsync(inCode ? [] : own, options => Set(options, inCode ? own : []));

        await using var running = application;
        var isEmulator = !Keys[..3].Any(own.ContainsKey);
        if (!isEmulator && !(own.ContainsKey("ClientId") && own.ContainsKey("ClientSecret")))
        {
            failure.ShouldNotBeNull("the application cannot start with some of its values and some of the emulator's");
            failure.Contains("ClientId is missing", StringComparison.Ordinal).ShouldBe(!own.ContainsKey("ClientId"));
            failure.Contains("ClientSecret is missing", StringComparison.Ordinal).ShouldBe(!own.ContainsKey("ClientSecret"));
            return;
        }

        failure.ShouldBeNull();
        var used = running!.Services.GetRequiredService<IOptionsMonitor<AuthentiqOptions>>().Get(AuthentiqDefaults.AuthenticationScheme);
        new Uri(used.Authority!).IsLoopback.ShouldBe(isEmulator);
        (used.ClientId, used.ClientSecret).ShouldBe(isEmulator ? (EmulatorDefaults.ClientId, EmulatorDefaults.ClientSecret) : (RelyingParty.ClientId, RelyingParty.ClientSecret));
        if (!isEmulator)
        {
            used.RequireHttpsMetadata.ShouldBe(!own.ContainsKey("RequireHttpsMetadata"), "the emulator's permission for plain http does not reach another provider");
        }
    }

    [Fact]
    public async Task Missing_values_are_named_and_the_log_says_why_the_emulator_was_not_used()
    {
        var (_, failure) = await TryStartAsync(Own(0b0011), _ => { }, out var log);

        failure.ShouldNotBeNull().ShouldContain("ClientSecret is missing");
        log().ShouldHaveSingleItem().ShouldBe("The Authentiq emulator is not used: the application has configured Authentication:Schemes:Authentiq:Authority, Authentication:Schemes:Authentiq:ClientId, and the emulator supplies either all values or none. Configure ClientSecret too, or remove the configured values to use the emulator.");
    }

    [Fact]
    public async Task Values_in_code_beside_the_emulators_are_named()
    {
        var (_, failure) = await TryStartAsync([], options => options.ClientId = "mine");

        failure.ShouldNotBeNull().ShouldContain("The values of the emulator are not used, because code sets ClientId: set the missing values too");
    }

    [Theory]
    [InlineData("Authority", "https://provider.example.test/")]
    [InlineData("Authority", "http://192.168.1.5:5003/")]
    [InlineData("Authority", null)]
    [InlineData("MetadataAddress", "https://provider.example.test/.well-known/openid-configuration")]
    public async Task The_emulators_published_secret_is_refused_with_a_provider_beyond_this_machine(string key, string? address)
    {
        foreach (var emulator in (string[])["true", "false"])
        {
            var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ClientId"] = EmulatorDefaults.ClientId,
                ["ClientSecret"] = EmulatorDefaults.ClientSecret,
                ["Authority"] = key == "Authority" ? address : "http://localhost:5003/",
                ["RequireHttpsMetadata"] = "false",
            };
            settings[key] = address;

            var (_, failure) = await TryStartAsync(settings.Where(setting => setting.Value is not null).ToDictionary(StringComparer.Ordinal), _ => { }, emulator);

            failure.ShouldNotBeNull().ShouldContain("ClientSecret is the one that Authentiq.Emulator publishes");
        }
    }

    [Fact]
    public async Task The_emulators_published_secret_is_good_for_a_provider_on_this_machine()
    {
        var (application, failure) = await TryStartAsync(
            new(StringComparer.Ordinal) { ["Authority"] = "http://127.0.0.1:5999/", ["ClientId"] = EmulatorDefaults.ClientId, ["ClientSecret"] = EmulatorDefaults.ClientSecret }, _ => { });

        await using var running = application;
        failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_token_that_is_signed_with_the_emulators_published_secret_is_refused()
    {
        await using var provider = await StartProviderAsync();
        var (application, failure) = await TryStartAsync(Own(0b0111), options => options.BackchannelHttpHandler = provider.CreateHandler());
        await using var running = application;
        failure.ShouldBeNull();
        var way = running!.GetTestServer().CreateHandler();
        using var internet = new SimulatedInternet().Add("connect.authentiq.io", provider.CreateHandler()).Add("app.example.test", way);
        using var browser = new Browser(internet);

        provider.Faults.BeforeTokenAnswer(answer => answer["id_token"] = Forge(answer["id_token"]!.GetValue<string>()));
        (await browser.GoAsync(RelyingParty.Profile, TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.BadRequest);

        var page = await browser.GoAsync(RelyingParty.Profile, TestContext.Current.CancellationToken);
        page.Status.ShouldBe(HttpStatusCode.OK, page.Body);
        var genuine = provider.IssueLogoutToken(RelyingParty.ClientId, provider.Phone.Sessions.First());
        (await PostLogoutAsync(internet, Forge(genuine))).ShouldBe(HttpStatusCode.BadRequest);
        (await browser.GoAsync(RelyingParty.Profile, TestContext.Current.CancellationToken)).Body.ShouldBe("Alice Smith's page");
        (await PostLogoutAsync(internet, genuine)).ShouldBe(HttpStatusCode.OK);
    }

    private static Dictionary<string, string?> Own(int choice)
    {
        string[] values = [RealAuthority, RelyingParty.ClientId, RelyingParty.ClientSecret, "false"];
        return Enumerable.Range(0, Keys.Length).Where(i => (choice & (1 << i)) != 0).ToDictionary(i => Keys[i], i => (string?)values[i], StringComparer.Ordinal);
    }

    private static void Set(AuthentiqOptions options, Dictionary<string, string?> own)
    {
        options.Authority = own.GetValueOrDefault("Authority", options.Authority);
        options.ClientId = own.GetValueOrDefault("ClientId", options.ClientId);
        options.ClientSecret = own.GetValueOrDefault("ClientSecret", options.ClientSecret);
        options.RequireHttpsMetadata = !own.ContainsKey("RequireHttpsMetadata") && options.RequireHttpsMetadata;
    }

    private static string Forge(string token)
    {
        var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(EmulatorDefaults.ClientSecret));
        var genuine = new JsonWebToken(token);
        return new JsonWebTokenHandler().CreateToken(
            Base64UrlEncoder.Decode(genuine.EncodedPayload), new SigningCredentials(key, SecurityAlgorithms.HmacSha256), new Dictionary<string, object>(StringComparer.Ordinal) { ["typ"] = genuine.Typ });
    }

    private static async Task<HttpStatusCode> PostLogoutAsync(HttpMessageHandler internet, string token)
    {
        using var way = new HttpMessageInvoker(internet, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, RelyingParty.Address + AuthentiqDefaults.RemoteSignOutPath) { Content = new FormUrlEncodedContent([new("logout_token", token)]) };
        using var response = await way.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<AuthentiqEmulator> StartProviderAsync()
    {
        var provider = await AuthentiqEmulator.StartInMemoryAsync(options => options.ApproveAs = Personas.Alice);
        provider.Clients.Register(client =>
        {
            client.ClientId = RelyingParty.ClientId;
            client.ClientSecret = RelyingParty.ClientSecret;
            client.RedirectUris.Add(RelyingParty.Address + AuthentiqDefaults.CallbackPath);
            client.IdTokenSignedResponseAlg = SigningAlgorithms.HS256;
        });
        return provider;
    }

    private static Task<(WebApplication? Application, string? Failure)> TryStartAsync(Dictionary<string, string?> settings, Action<AuthentiqOptions> code, string emulator = "true") =>
        TryStartAsync(settings, code, out _, emulator);

    private static Task<(WebApplication? Application, string? Failure)> TryStartAsync(Dictionary<string, string?> settings, Action<AuthentiqOptions> code, out Func<IEnumerable<string>> log, string emulator = "true")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("Emulator:Enabled", emulator), new("Emulator:Port", "0")]);
        builder.AddAuthentiqEmulator();

        // Later than the emulator: what it supplies depends on all that is configured.
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(Section + setting.Key, setting.Value)));
        builder.Services.AddAuthentication().AddAuthentiq(code);
        var application = builder.Build();
        application.MapGet("/profile", [Authorize] (HttpContext http) => http.User.Identity!.Name + "'s page");
        var records = application.Services.GetFakeLogCollector();
        log = () => records.GetSnapshot().Where(record => record.Category == "Authentiq.Emulator").Select(record => record.Message);
        return StartAsync(application);
    }

    private static async Task<(WebApplication? Application, string? Failure)> StartAsync(WebApplication application)
    {
        try
        {
            await application.StartAsync(TestContext.Current.CancellationToken);
            return (application, null);
        }
        catch (OptionsValidationException exception)
        {
            await application.DisposeAsync();
            return (null, exception.Message);
        }
    }
}
