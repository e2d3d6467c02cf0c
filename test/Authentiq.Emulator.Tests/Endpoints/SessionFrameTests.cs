using System.Net;
using System.Text.Json;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class SessionFrameTests
{
    [Theory]
    [InlineData("code")]
    [InlineData("code id_token")]
    [InlineData("id_token")]
    public async Task A_response_has_a_session_state_that_stays_unchanged(string responseType)
    {
        await using var lab = await Lab.StartApprovingAsync();

        var state = (await lab.AuthorizeAsync(("response_type", responseType)))["session_state"].ShouldNotBeNull();

        state.ShouldNotContain(" ");
        (await CheckAsync(lab, state)).ShouldBe("unchanged");
        (await CheckAsync(lab, (await lab.AuthorizeAsync(("prompt", "none")))["session_state"]!)).ShouldBe("unchanged");
        (await CheckAsync(lab, state)).ShouldBe("unchanged");
    }

    [Fact]
    public async Task A_sign_out_on_the_phone_changes_it_without_a_changed_cookie()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var state = (await lab.AuthorizeAsync())["session_state"]!;
        var cookies = lab.Browser.Cookies.GetCookieHeader(new(The.Provider));

        await lab.Emulator.Phone.SignOutAsync(lab.Emulator.Phone.Sessions.Single(), TestContext.Current.CancellationToken);

        (await CheckAsync(lab, state)).ShouldBe("changed");
        lab.Browser.Cookies.GetCookieHeader(new(The.Provider)).ShouldBe(cookies);
    }

    [Fact]
    public async Task It_is_valid_for_its_client_origin_and_browser_only()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var state = (await lab.AuthorizeAsync())["session_state"]!;

        (await CheckAsync(lab, state, clientId: The.OtherClientId)).ShouldBe("changed");
        (await CheckAsync(lab, state, origin: "https://evil.example.test")).ShouldBe("changed");
        lab.Browser.Cookies.GetCookies(new(The.Provider)).ToList().ForEach(cookie => cookie.Expired = true);
        (await CheckAsync(lab, state)).ShouldBe("changed");
    }

    [Theory]
    [InlineData("no-salt", The.ClientId)]
    [InlineData(".", The.ClientId)]
    [InlineData("a.b.c", The.ClientId)]
    [InlineData("", The.ClientId)]
    [InlineData("a.b", "nobody")]
    public async Task A_malformed_session_state_is_an_error(string state, string clientId)
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.AuthorizeAsync();

        (await CheckAsync(lab, state, clientId)).ShouldBe("error");
    }

    [Fact]
    public async Task Only_the_frame_can_query()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var state = (await lab.AuthorizeAsync())["session_state"]!;
        lab.Browser.Headers["Sec-Fetch-Site"] = "cross-site";

        (await CheckAsync(lab, state)).ShouldBe("error");
    }

    [Fact]
    public async Task Without_openid_there_is_none()
    {
        await using var lab = await Lab.StartApprovingAsync();

        (await lab.AuthorizeAsync(("scope", "email")))["session_state"].ShouldBeNull();
    }

    [Theory]
    [InlineData("authorize/iframe", HttpStatusCode.OK)]
    [InlineData(The.ClientId + "/iframe", HttpStatusCode.OK)]
    [InlineData("nobody/iframe", HttpStatusCode.NotFound)]
    public async Task There_is_a_frame_for_all_clients_and_one_for_each(string path, HttpStatusCode status)
    {
        await using var lab = await Lab.StartAsync();

        var page = await lab.Browser.GoAsync($"{The.Provider}/{path}", TestContext.Current.CancellationToken);

        page.Status.ShouldBe(status);
        page.Headers.GetValues("Content-Security-Policy").Single().Contains("frame-ancestors *", StringComparison.Ordinal).ShouldBe(status == HttpStatusCode.OK);
        (await lab.Emulator.Requests.TakeAsync(EmulatorEndpoint.SessionFrame, cancellationToken: TestContext.Current.CancellationToken)).StatusCode.ShouldBe((int)status);
    }

    [Fact]
    public async Task The_metadata_has_its_address()
    {
        await using var lab = await Lab.StartAsync();

        (await lab.GetAsync(".well-known/openid-configuration")).Text("check_session_iframe").ShouldBe(The.Provider + "/authorize/iframe");
    }

    private static async Task<string?> CheckAsync(Lab lab, string state, string clientId = The.ClientId, string origin = The.App)
    {
        var page = await lab.Browser.PostAsync(
            The.Provider + "/authorize/iframe/check",
            [new("client_id", clientId), new("session_state", state), new("origin", origin)],
            TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(page.Body);
        return json.RootElement.GetProperty("status").GetString();
    }
}
