using System.Net;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Two providers with the same client id and a user with the same subject. Each scheme sets only the metadata address of its provider.</summary>
public sealed class TenantTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_logout_of_one_provider_ends_no_session_of_another(bool sessionsOnServer)
    {
        await using var partner = await StartPartnerAsync();
        await using var app = await StartAsync(partner, sessionsOnServer);
        await app.SignInAsync();
        using var browser = await SignInAtPartnerAsync(app);

        using var content = new FormUrlEncodedContent([new("logout_token", partner.IssueLogoutToken(RelyingParty.ClientId, Personas.Alice.Subject, sessionId: null))]);
        (await app.SendLogoutAsync(content, "/signout-partner")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await app.ShouldBeSignedInAsync();
        browser.FollowsRedirects = false;
        (await app.OpenAsync(browser, "/profile")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task An_administrator_of_one_tenant_neither_lists_nor_ends_sessions_of_another()
    {
        await using var partner = await StartPartnerAsync();
        await using var app = await StartAsync(partner, sessionsOnServer: true);
        await app.SignInAsync();
        using var browser = await SignInAtPartnerAsync(app);
        var sessions = app.Services.GetRequiredService<AuthentiqSessionManager>();

        (await app.OpenAsync(browser, "/count")).Body.ShouldBe("1");
        (await sessions.EndAllAsync(Personas.Alice.Subject, "Partner", Ct)).ShouldBe(1);

        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task Without_metadata_an_administrator_gets_an_error_instead_of_zero_sessions()
    {
        await using var partner = await StartPartnerAsync();
        partner.Faults.AbortConnection(EmulatorEndpoint.Discovery, times: 100);
        await using var app = await StartAsync(partner, sessionsOnServer: true);

        var failure = await Should.ThrowAsync<AuthentiqStoreException>(app.Services.GetRequiredService<AuthentiqSessionManager>().EndAllAsync(Personas.Alice.Subject, "Partner", Ct));

        failure.Message.ShouldContain("metadata");
    }

    private static async Task<AuthentiqEmulator> StartPartnerAsync()
    {
        var partner = await AuthentiqEmulator.StartInMemoryAsync(emulated => (emulated.ApproveAs, emulated.Issuer) = (Personas.Alice, new Uri("https://partner.example.test/")), Ct);
        partner.Clients.Register(client =>
        {
            client.ClientId = RelyingParty.ClientId;
            client.ClientSecret = RelyingParty.ClientSecret;
            client.RedirectUris.Add(RelyingParty.Address + "/signin-partner");
            client.IdTokenSignedResponseAlg = SigningAlgorithms.HS256;
        });
        return partner;
    }

    private static async Task<RelyingParty> StartAsync(AuthentiqEmulator partner, bool sessionsOnServer)
    {
        var app = await RelyingParty.StartAsync(
            options => options.MetadataAddress = "https://connect.authentiq.io/.well-known/openid-configuration",
            authentication: services =>
            {
                // After the configuration of the test host for all schemes, and before the post-configuration of the handler.
                services.PostConfigure<AuthentiqOptions>("Partner", options => options.BackchannelHttpHandler = partner.CreateHandler());
                services.AddAuthentication().AddAuthentiq().AddAuthentiq("Partner", options =>
                {
                    options.ClientId = RelyingParty.ClientId;
                    options.ClientSecret = RelyingParty.ClientSecret;
                    options.MetadataAddress = "https://partner.example.test/.well-known/openid-configuration";
                });
                if (sessionsOnServer)
                {
                    services.AddAuthentiqSessions();
                }
            },
            map: application =>
            {
                application.MapGet("/partner", () => TypedResults.Challenge(new() { RedirectUri = "/profile" }, ["Partner"]));
                application.MapGet("/count", async (HttpContext context) =>
                    $"{(await context.RequestServices.GetRequiredService<AuthentiqSessionManager>().FindOwnAsync(context)).Count}");
            });
        app.Internet.Add("partner.example.test", partner.CreateHandler());
        return app;
    }

    private static async Task<Browser> SignInAtPartnerAsync(RelyingParty app)
    {
        var browser = new Browser(app.Internet);
        (await app.OpenAsync(browser, "/partner")).Body.ShouldBe("signed in as Alice Smith");
        return browser;
    }
}
