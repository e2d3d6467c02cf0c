using System.Net;
using System.Security.Claims;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An application that signs people in, the provider that it trusts, and a browser that sees both.</summary>
internal sealed class RelyingParty : IAsyncDisposable
{
    public const string Address = "https://app.example.test";
    public const string Profile = Address + "/profile";
    public const string ClientId = "the-client";
    public const string ClientSecret = "a-client-secret-of-32-characters";

    private readonly WebApplication _application;

    private RelyingParty(AuthentiqEmulator provider, WebApplication application, FakeLogCollector log)
    {
        Provider = provider;
        Log = log;
        _application = application;
        Internet = new SimulatedInternet()
            .Add("connect.authentiq.io", provider.CreateHandler())
            .Add("app.example.test", application.GetTestServer().CreateHandler());
        Browser = new Browser(Internet);
        Provider.DeliverLogoutTo(Internet);
    }

    public AuthentiqEmulator Provider { get; }

    public SimulatedInternet Internet { get; }

    public Browser Browser { get; }

    public IServiceProvider Services => _application.Services;

    public FakeLogCollector Log { get; }

    public static async Task<RelyingParty> StartAsync(
        Action<AuthentiqOptions>? options = null,
        Action<EmulatorClient>? client = null,
        Action<EmulatorOptions>? provider = null,
        Action<IServiceCollection>? authentication = null,
        Action<WebApplication>? map = null,
        TimeProvider? clock = null,
        RelyingParty? beside = null)
    {
        var emulator = beside?.Provider ?? await StartProviderAsync(client, provider, clock);

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();

        // The sample's settings lie beside these tests; this application has its own.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Authentication:Schemes:Authentiq:ClientId"] = ClientId,
            ["Authentication:Schemes:Authentiq:ClientSecret"] = ClientSecret,
        });
        builder.Logging.ClearProviders().AddFakeLogging().SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        (authentication ?? (services => services.AddAuthentication().AddAuthentiq()))(builder.Services);
        builder.Services.ConfigureAll<AuthentiqOptions>(o => o.BackchannelHttpHandler = emulator.CreateHandler());
        builder.Services.Configure<AuthentiqOptions>(AuthentiqDefaults.AuthenticationScheme, o => options?.Invoke(o));

        var app = builder.Build();
        app.MapGet("/", () => "home");
        app.MapGet("/profile", [Authorize] (ClaimsPrincipal user) => "signed in as " + user.Identity!.Name);
        app.MapGet("/claims", [Authorize] (ClaimsPrincipal user) => string.Join('\n', user.Claims.Select(claim => $"{claim.Type}={claim.Value}")));
        app.MapGet("/signout", () => TypedResults.SignOut(new() { RedirectUri = "/" }, ["Cookies", AuthentiqDefaults.AuthenticationScheme]));
        map?.Invoke(app);
        await app.StartAsync();
        return new(emulator, app, app.Services.GetFakeLogCollector());
    }

    public Task<Page> SignInAsync() => Browser.GoAsync(Profile, TestContext.Current.CancellationToken);

    /// <summary>Another window of the same browser, with the cookies as they are now, that shows what it is answered.</summary>
    public Browser OpenWindow()
    {
        var window = new Browser(Internet) { FollowsRedirects = false };
        window.Cookies.Add(Browser.Cookies.GetAllCookies());
        return window;
    }

    /// <summary>Lets the application read every session again, as it does when its copies are half a minute old: a new Data Protection key makes it discard them.</summary>
    public void DiscardReadyTickets()
    {
        var now = TimeProvider.System.GetUtcNow();
        Services.GetRequiredService<IKeyManager>().CreateNewKey(now, now.AddDays(90));
    }

    /// <summary>Loses every cookie of the browser, or those of a host.</summary>
    public void ForgetCookies(string? host = null)
    {
        foreach (var cookie in Browser.Cookies.GetAllCookies().Where(cookie => host is null || cookie.Domain == host))
        {
            cookie.Expired = true;
        }
    }

    /// <summary>Does what the scripts of the pages in between do: sends the answer in the fragment, or in the form, on to the application.</summary>
    public async Task<Page> SignInThroughScriptsAsync(string url = Profile)
    {
        var page = await Browser.GoAsync(url, TestContext.Current.CancellationToken);
        return page.Url.Fragment.Length > 1
            ? await Browser.PostAsync(
                page.Url.GetLeftPart(UriPartial.Path),
                QueryHelpers.ParseQuery(page.Url.Fragment[1..]).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())),
                TestContext.Current.CancellationToken)
            : await Browser.PressAsync("Continue");
    }

    public async Task ShouldBeSignedInAsync() => (await OpenProfileAsync()).Status.ShouldBe(HttpStatusCode.OK);

    public async Task ShouldBeSignedOutAsync() => (await OpenProfileAsync()).Status.ShouldBe(HttpStatusCode.Redirect);

    /// <summary>Opens a page that needs somebody, and goes nowhere else.</summary>
    public async Task<Page> OpenProfileAsync()
    {
        Browser.FollowsRedirects = false;
        var page = await Browser.GoAsync(Profile, TestContext.Current.CancellationToken);
        Browser.FollowsRedirects = true;
        return page;
    }

    /// <summary>Sends what the provider would send to the path for remote sign-outs.</summary>
    public Task<HttpResponseMessage> SendLogoutAsync(string logoutToken) => SendLogoutAsync(new FormUrlEncodedContent([new("logout_token", logoutToken)]));

    public async Task<HttpResponseMessage> SendLogoutAsync(HttpContent content, string path = AuthentiqDefaults.RemoteSignOutPath)
    {
        using var way = new HttpMessageInvoker(Internet, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address + path) { Content = content };
        return await way.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        Internet.Dispose();
        await _application.DisposeAsync();
        await Provider.DisposeAsync();
    }

    private static async Task<AuthentiqEmulator> StartProviderAsync(Action<EmulatorClient>? client, Action<EmulatorOptions>? provider, TimeProvider? clock)
    {
        var emulator = await AuthentiqEmulator.StartInMemoryAsync(emulated =>
        {
            emulated.ApproveAs = Personas.Alice;
            emulated.TimeProvider = clock ?? TimeProvider.System;
            provider?.Invoke(emulated);
        });
        emulator.Clients.Register(registered =>
        {
            registered.ClientId = ClientId;
            registered.ClientSecret = ClientSecret;
            registered.RedirectUris.Add(Address + "/signin-authentiq");
            registered.BackChannelLogoutUri = Address + AuthentiqDefaults.RemoteSignOutPath;
            registered.PostLogoutRedirectUris.Add(Address + "/signout-callback-authentiq");
            registered.IdTokenSignedResponseAlg = SigningAlgorithms.HS256;
            client?.Invoke(registered);
        });
        return emulator;
    }
}
