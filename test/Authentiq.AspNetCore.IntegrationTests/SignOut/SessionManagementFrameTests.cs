using System.Net;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Parser;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class SessionManagementFrameTests
{
    private const string Path = "/check-session";

    [Fact]
    public async Task An_authenticated_user_gets_a_page_that_polls_the_provider()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();

        var page = await OpenAsync(app);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var document = await new HtmlParser().ParseDocumentAsync(page.Body, TestContext.Current.CancellationToken);
        document.Body!.GetAttribute("data-client").ShouldBe(RelyingParty.ClientId);
        document.Body.GetAttribute("data-origin").ShouldBe("https://connect.authentiq.io");
        document.Body.GetAttribute("data-state").ShouldBe(await SessionStateAsync(app));
        document.QuerySelector("iframe")!.GetAttribute("src").ShouldStartWith("https://connect.authentiq.io/");
    }

    [Fact]
    public async Task Nothing_but_the_pages_own_script_and_the_providers_frame_may_run_in_it()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();

        var page = await OpenAsync(app);

        using var document = await new HtmlParser().ParseDocumentAsync(page.Body, TestContext.Current.CancellationToken);
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(document.QuerySelector("script")!.TextContent)));
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldBe($"default-src 'none'; script-src 'sha256-{hash}'; frame-src https://connect.authentiq.io; base-uri 'none'; frame-ancestors 'self'");
    }

    [Fact]
    public async Task A_signed_out_callback_without_a_state_shows_no_empty_page()
    {
        await using var app = await StartAsync();
        ShouldBeEmpty(await OpenAsync(app));
        await app.SignInAsync();
        (await OpenAsync(app)).Body.ShouldContain("<script>");

        await app.Provider.Phone.SignOutAsync(app.Provider.Phone.Sessions.Single(), TestContext.Current.CancellationToken);

        ShouldBeEmpty(await OpenAsync(app));
    }

    [Fact]
    public async Task Without_a_state_or_a_frame_of_the_provider_the_page_is_empty()
    {
        await using var stateless = await StartAsync();
        stateless.Provider.Faults.BeforeAnswer(response => response.Remove("session_state"));
        await stateless.SignInAsync();
        ShouldBeEmpty(await OpenAsync(stateless));

        await using var frameless = await StartAsync(options => options.Configuration = new()
        {
            Issuer = "https://connect.authentiq.io/",
            AuthorizationEndpoint = "https://connect.authentiq.io/authorize",
            TokenEndpoint = "https://connect.authentiq.io/token",
            CheckSessionIframe = "http://connect.authentiq.io/frame",
        });
        await frameless.SignInAsync();
        ShouldBeEmpty(await OpenAsync(frameless));
    }

    [Fact]
    public async Task Without_CheckSessionPath_there_is_no_page_and_no_state_in_the_session()
    {
        await using var app = await RelyingParty.StartAsync(map: MapState);
        await app.SignInAsync();

        (await OpenAsync(app)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await SessionStateAsync(app)).ShouldBeEmpty();
    }

    private static Task<RelyingParty> StartAsync(Action<AuthentiqOptions>? options = null) => RelyingParty.StartAsync(
        o =>
        {
            o.CheckSessionPath = Path;
            options?.Invoke(o);
        },
        map: MapState);

    private static void MapState(WebApplication application) => application.MapGet("/state", async (HttpContext context) =>
    {
        var items = (await context.AuthenticateAsync()).Properties!.Items;
        items.Keys.ShouldNotContain(OpenIdConnectSessionProperties.CheckSessionIFrame);
        return items.TryGetValue(OpenIdConnectSessionProperties.SessionState, out var state) ? state : "";
    });

    private static Task<Page> OpenAsync(RelyingParty app) => app.Browser.GoAsync(RelyingParty.Address + Path, TestContext.Current.CancellationToken);

    private static async Task<string> SessionStateAsync(RelyingParty app) => (await app.Browser.GoAsync(RelyingParty.Address + "/state", TestContext.Current.CancellationToken)).Body;

    private static void ShouldBeEmpty(Page page)
    {
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldNotContain("<script");
        page.Body.ShouldNotContain("<iframe");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'; base-uri 'none'; frame-ancestors 'self'");
    }
}
