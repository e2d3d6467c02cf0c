using System.Net;
using System.Security.Claims;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.Emulator.Tests;

public sealed class IndependentClientTests
{
    [Fact]
    public async Task The_frameworks_own_handler_signs_in()
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

    private static async Task<WebApplication> StartAsync(AuthentiqEmulator provider)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
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
