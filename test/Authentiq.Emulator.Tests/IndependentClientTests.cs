using System.Net;
using System.Security.Claims;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authentiq.Emulator.Tests;

public sealed class IndependentClientTests
{
    [Fact]
    public async Task The_handler_of_the_framework_signs_in()
    {
        await using var provider = await AuthentiqEmulator.StartInMemoryAsync(options => options.ApproveAs = Personas.Alice, TestContext.Current.CancellationToken);
        provider.Clients.Register(client =>
        {
            client.ClientId = "plain";
            client.ClientSecret = "plain-secret";
            client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.ClientSecretPost;
            client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256;
            client.RedirectUris.Add("https://app.example.test/signin-oidc");
        });
        await using var app = await StartAsync(provider);
        using var browser = new Browser(new SimulatedInternet().Add("connect.authentiq.io", provider.CreateHandler()).Add("app.example.test", app.GetTestServer().CreateHandler()));

        var page = await browser.GoAsync("https://app.example.test/", TestContext.Current.CancellationToken);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldBe("Alice Smith");
    }

    [Fact]
    public async Task A_user_approves_on_the_page_and_the_code_verifier_is_checked()
    {
        await using var provider = await AuthentiqEmulator.StartInMemoryAsync(cancellationToken: TestContext.Current.CancellationToken);
        provider.Clients.Register(client =>
        {
            client.ClientId = "plain";
            client.ClientSecret = "plain-secret";
            client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.ClientSecretPost;
            client.RedirectUris.Add("https://app.example.test/signin-oidc");
        });
        await using var app = await StartAsync(provider);
        using var browser = new Browser(new SimulatedInternet().Add("connect.authentiq.io", provider.CreateHandler()).Add("app.example.test", app.GetTestServer().CreateHandler()));

        await browser.GoAsync("https://app.example.test/", TestContext.Current.CancellationToken);
        var page = await browser.PressAsync("Approve");

        page.Body.ShouldBe("Alice Smith");
        var redeemed = await provider.Requests.TakeAsync(EmulatorEndpoint.Token, cancellationToken: TestContext.Current.CancellationToken);
        redeemed.StatusCode.ShouldBe(200);
        redeemed.Parameters.ShouldContainKey("code_verifier");
    }

    private static async Task<WebApplication> StartAsync(AuthentiqEmulator provider)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthorization();
        builder.Services
            .AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
            })
            .AddCookie()
            .AddOpenIdConnect(options =>
            {
                options.Authority = provider.Issuer.AbsoluteUri;
                options.BackchannelHttpHandler = provider.CreateHandler();
                options.ClientId = "plain";
                options.ClientSecret = "plain-secret";
                options.ResponseType = "code";
                options.ResponseMode = "query";
                options.MapInboundClaims = false;
                options.TokenValidationParameters.NameClaimType = "name";
            });
        var app = builder.Build();
        app.MapGet("/", [Authorize] (ClaimsPrincipal user) => user.Identity!.Name);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
