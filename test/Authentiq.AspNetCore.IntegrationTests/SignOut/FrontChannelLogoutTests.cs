using System.Net;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class FrontChannelLogoutTests
{
    private const string Issuer = "https://connect.authentiq.io/";

    [Fact]
    public async Task The_session_whose_cookie_came_along_is_ended()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();

        var page = await LoadAsync(app, Query(app));

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldBeEmpty();
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'; frame-ancestors https://connect.authentiq.io");
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task It_ends_no_session_in_another_browser()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();
        using var stranger = new Browser(app.Internet);

        var page = await stranger.GoAsync(RelyingParty.Address + AuthentiqDefaults.RemoteSignOutPath + Query(app), TestContext.Current.CancellationToken);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        await app.ShouldBeSignedInAsync();
        app.Services.GetRequiredService<IAuthentiqRevocationStore>().ShouldBeOfType<MemoryRevocationStore>();
        (await LoadAsync(app, Query(app))).Status.ShouldBe(HttpStatusCode.OK);
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task It_writes_no_revocation()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();
        var copies = app.Browser.Cookies.GetAllCookies().Select(cookie => new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain) { Secure = cookie.Secure }).ToList();
        await LoadAsync(app, Query(app));
        await app.ShouldBeSignedOutAsync();

        copies.ForEach(app.Browser.Cookies.Add);

        await app.ShouldBeSignedInAsync();
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("?iss={iss}", 400)]
    [InlineData("?sid={sid}", 400)]
    [InlineData("?iss=&sid={sid}", 400)]
    [InlineData("?iss={iss}&sid=", 400)]
    [InlineData("?iss={iss}&sid={sid}&sid=another", 400)]
    [InlineData("?iss={iss}&iss=https://evil.example/&sid={sid}", 400)]
    [InlineData("?iss=https://evil.example/&sid={sid}", 400)]
    [InlineData("?iss=https://connect.authentiq.io&sid={sid}", 400)]
    [InlineData("?iss={iss}&sid=another", 200)]
    public async Task A_request_for_another_session_or_provider_ends_no_session(string query, int status)
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();

        var page = await LoadAsync(app, query
            .Replace("{iss}", Uri.EscapeDataString(Issuer), StringComparison.Ordinal)
            .Replace("{sid}", app.Provider.Phone.Sessions.Single().SessionId, StringComparison.Ordinal));

        ((int)page.Status).ShouldBe(status);
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        await app.ShouldBeSignedInAsync();
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("urn:provider")]
    public async Task An_issuer_that_is_no_address_may_embed_nothing(string issuer)
    {
        await using var app = await RelyingParty.StartAsync(options => options.Configuration = new() { Issuer = issuer });

        var page = await LoadAsync(app, $"?iss={Uri.EscapeDataString(issuer)}&sid=a-session");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'; frame-ancestors 'none'");
    }

    [Fact]
    public async Task A_session_that_names_no_session_at_the_provider_is_not_ended()
    {
        await using var app = await RelyingParty.StartAsync();
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => draft.Payload.Remove("sid"));
        await app.SignInAsync();

        await LoadAsync(app, Query(app));

        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task The_application_may_decide()
    {
        await using var app = await RelyingParty.StartAsync(options => options.Events.OnRemoteSignOut = context =>
        {
            context.HandleResponse();
            return Task.CompletedTask;
        });
        await app.SignInAsync();

        (await LoadAsync(app, Query(app))).Status.ShouldBe(HttpStatusCode.OK);

        await app.ShouldBeSignedInAsync();
    }

    private static string Query(RelyingParty app) => $"?iss={Uri.EscapeDataString(Issuer)}&sid={app.Provider.Phone.Sessions.Single().SessionId}";

    private static Task<Page> LoadAsync(RelyingParty app, string query) =>
        app.Browser.GoAsync(RelyingParty.Address + AuthentiqDefaults.RemoteSignOutPath + query, TestContext.Current.CancellationToken);
}
