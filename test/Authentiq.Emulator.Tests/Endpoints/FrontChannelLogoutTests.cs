using System.Net;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.WebUtilities;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class FrontChannelLogoutTests
{
    private const string FrontChannel = "https://other.example.test/out?tenant=1";

    [Fact]
    public async Task The_other_applications_are_loaded_with_issuer_and_session_before_it_continues()
    {
        await using var lab = await StartAsync();
        var sessionId = lab.Emulator.Phone.Sessions.Single().SessionId;

        var page = await EndAsync(lab, ("client_id", The.ClientId), ("post_logout_redirect_uri", The.SignedOutUri), ("state", "bye"));

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldContain($"src=\"{FrontChannel}&amp;iss=https%3A%2F%2Fconnect.authentiq.io%2F&amp;sid={sessionId}\"");
        page.Body.ShouldContain($"href=\"{The.SignedOutUri}?state=bye\"");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-src https://other.example.test;");
        lab.Emulator.Phone.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_application_that_signs_out_itself_is_not_loaded()
    {
        await using var lab = await StartAsync();

        var page = await EndAsync(lab, ("client_id", The.OtherClientId), ("post_logout_redirect_uri", The.SignedOutUri));

        page.Url.AbsoluteUri.ShouldBe(The.SignedOutUri);
    }

    [Fact]
    public async Task An_application_that_the_user_did_not_use_is_not_loaded()
    {
        await using var lab = await StartAsync();
        lab.Emulator.Clients.Register(client => (client.ClientId, client.ClientSecret, client.FrontChannelLogoutUri) = ("stranger", "secret", "https://stranger.example.test/"));

        (await EndAsync(lab, ("client_id", The.ClientId))).Body.ShouldNotContain("stranger");
    }

    [Fact]
    public async Task Without_an_address_to_return_to_the_page_stays()
    {
        await using var lab = await StartAsync();

        var page = await EndAsync(lab);

        page.Body.ShouldContain("<iframe");
        page.Body.ShouldContain("You can close this page.");
        page.Body.ShouldNotContain("<script");
    }

    [Fact]
    public async Task The_other_applications_get_a_logout_token_too_and_the_caller_gets_none()
    {
        using var inbox = new LogoutInbox();
        await using var lab = await StartAsync();
        lab.Emulator.DeliverLogoutTo(inbox);
        lab.Emulator.Clients[The.ClientId].BackChannelLogoutUri = The.LogoutUri;
        lab.Emulator.Clients[The.OtherClientId].BackChannelLogoutUri = The.OtherLogoutUri;

        await EndAsync(lab, ("client_id", The.ClientId));
        await EndAsync(lab, ("client_id", The.ClientId));

        inbox.Tokens.Keys.ShouldBe([The.OtherLogoutUri]);
    }

    [Theory]
    [InlineData("/out")]
    [InlineData("javascript:alert(1)")]
    public async Task An_address_that_no_frame_can_load_is_not_registered(string address)
    {
        await using var lab = await Lab.StartAsync();

        Should.Throw<ArgumentException>(() => lab.Emulator.Clients[The.ClientId].FrontChannelLogoutUri = address).Message.ShouldContain("frontchannel_logout_uri");
    }

    [Fact]
    public async Task The_metadata_announces_it()
    {
        await using var lab = await Lab.StartAsync();

        var metadata = (await lab.GetAsync(".well-known/openid-configuration")).Body;

        metadata.GetProperty("frontchannel_logout_supported").GetBoolean().ShouldBeTrue();
        metadata.GetProperty("frontchannel_logout_session_supported").GetBoolean().ShouldBeTrue();
    }

    private static async Task<Lab> StartAsync()
    {
        var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Clients[The.OtherClientId].FrontChannelLogoutUri = FrontChannel;
        await lab.SignInAsync();
        await lab.SignInAsync(("client_id", The.OtherClientId));
        return lab;
    }

    private static Task<Page> EndAsync(Lab lab, params (string Name, string Value)[] parameters) => lab.Browser.GoAsync(
        QueryHelpers.AddQueryString(The.Provider + "/end_session", parameters.ToDictionary(p => p.Name, p => (string?)p.Value, StringComparer.Ordinal)),
        TestContext.Current.CancellationToken);
}
