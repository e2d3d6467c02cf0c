using System.Net;
using System.Net.Http.Headers;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.WebUtilities;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class PushedAuthorizationTests
{
    [Fact]
    public async Task A_pushed_request_is_used_as_it_was_pushed()
    {
        await using var lab = await StartAsync();
        var pushed = await PushAsync(lab);

        pushed.Status.ShouldBe(HttpStatusCode.Created);
        pushed.Body.GetProperty("expires_in").GetInt32().ShouldBe(60);
        pushed.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var result = ApplicationResponse.Read(await GoAsync(lab, pushed, ("scope", "openid phone"), ("state", "another")));

        result["state"].ShouldBe(The.State);
        (await lab.RedeemAsync(result["code"]!)).Text("scope").ShouldBe("openid email profile");
    }

    [Fact]
    public async Task It_is_used_once()
    {
        await using var lab = await StartAsync();
        var pushed = await PushAsync(lab);
        ApplicationResponse.Read(await GoAsync(lab, pushed))["code"].ShouldNotBeNull();

        var page = await GoAsync(lab, pushed);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Body.ShouldContain("invalid_request_uri");
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public async Task It_expires(int seconds, bool isGood)
    {
        await using var lab = await StartAsync();
        var pushed = await PushAsync(lab);

        lab.Clock.Advance(TimeSpan.FromSeconds(seconds));

        (await GoAsync(lab, pushed)).Url.AbsoluteUri.StartsWith(The.RedirectUri, StringComparison.Ordinal).ShouldBe(isGood);
    }

    [Fact]
    public async Task Another_client_can_neither_use_nor_invalidate_it()
    {
        await using var lab = await StartAsync();
        var pushed = await PushAsync(lab);

        (await GoAsync(lab, pushed, ("client_id", The.OtherClientId))).Status.ShouldBe(HttpStatusCode.BadRequest);
        ApplicationResponse.Read(await GoAsync(lab, pushed))["code"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("client_id", null, "invalid_request")]
    [InlineData("redirect_uri", "https://evil.example.test/", "invalid_request")]
    [InlineData("state", null, "invalid_request")]
    [InlineData("scope", "email~x", "invalid_scope")]
    [InlineData("response_type", "nonsense", "unsupported_response_type")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x", "invalid_request")]
    [InlineData("request", "a.b.c", "request_not_supported")]
    public async Task An_invalid_request_is_rejected_when_it_is_pushed(string parameter, string? value, string error)
    {
        await using var lab = await StartAsync();

        var reply = await PushAsync(lab, changes: (parameter, value));

        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.Error.ShouldBe(error);
    }

    [Theory]
    [InlineData(The.ClientId, "wrong")]
    [InlineData("nobody", The.ClientSecret)]
    [InlineData(The.OtherClientId, The.ClientSecret)]
    [InlineData(null, null)]
    public async Task A_client_must_authenticate(string? clientId, string? secret)
    {
        await using var lab = await StartAsync();

        var reply = await PushAsync(lab, clientId is null ? null : Lab.Basic(clientId, Uri.EscapeDataString(secret!)));

        reply.Status.ShouldBe(HttpStatusCode.Unauthorized);
        reply.Error.ShouldBe("invalid_client");
    }

    [Fact]
    public async Task A_secret_in_the_form_is_not_stored_with_the_request()
    {
        await using var lab = await Lab.StartAsync(
            options => options.PushedAuthorizationRequests = PushedAuthorizationRequests.Supported,
            client => client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.ClientSecretPost);

        var pushed = await PushAsync(lab, authorization: null, ("client_secret", The.ClientSecret));
        await GoAsync(lab, pushed);

        (await lab.Emulator.Phone.NextSignInAsync(cancellationToken: TestContext.Current.CancellationToken)).Parameters.ShouldNotContainKey("client_secret");
    }

    [Fact]
    public async Task If_it_is_required_a_request_in_the_address_is_rejected()
    {
        await using var lab = await StartAsync(PushedAuthorizationRequests.Required);

        (await lab.AuthorizeAsync())["error"].ShouldBe("invalid_request");
        ApplicationResponse.Read(await GoAsync(lab, await PushAsync(lab)))["code"].ShouldNotBeNull();
        (await lab.GetAsync(".well-known/openid-configuration")).Body.GetProperty("require_pushed_authorization_requests").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task If_it_is_supported_a_request_in_the_address_is_accepted()
    {
        await using var lab = await StartAsync();

        (await lab.AuthorizeAsync())["code"].ShouldNotBeNull();
        var metadata = (await lab.GetAsync(".well-known/openid-configuration")).Body;
        metadata.GetProperty("pushed_authorization_request_endpoint").GetString().ShouldBe(The.Provider + "/par");
        metadata.GetProperty("require_pushed_authorization_requests").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Disabled_it_returns_404_and_is_not_announced()
    {
        await using var lab = await Lab.StartApprovingAsync();

        (await PushAsync(lab)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await lab.AuthorizeAsync(("request_uri", "urn:ietf:params:oauth:request_uri:x")))["error"].ShouldBe("request_uri_not_supported");
        (await lab.GetAsync(".well-known/openid-configuration")).Body.TryGetProperty("pushed_authorization_request_endpoint", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task It_can_fail_with_a_fault_and_is_recorded()
    {
        await using var lab = await StartAsync();
        lab.Emulator.Faults.Respond(EmulatorEndpoint.PushedAuthorization, """{"error":"temporarily_unavailable"}""", 503);

        (await PushAsync(lab)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        var request = await lab.Emulator.Requests.TakeAsync(EmulatorEndpoint.PushedAuthorization, cancellationToken: TestContext.Current.CancellationToken);
        request.StatusCode.ShouldBe(503);
        request.Parameters["state"].ShouldBe(The.State);
    }

    private static Task<Lab> StartAsync(PushedAuthorizationRequests pushed = PushedAuthorizationRequests.Supported) =>
        Lab.StartApprovingAsync(options => options.PushedAuthorizationRequests = pushed);

    private static Task<JsonReply> PushAsync(Lab lab, params (string Name, string? Value)[] changes) =>
        PushAsync(lab, Lab.Basic(The.ClientId, Uri.EscapeDataString(The.ClientSecret)), changes);

    private static async Task<JsonReply> PushAsync(Lab lab, AuthenticationHeaderValue? authorization, params (string Name, string? Value)[] changes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, The.Provider + "/par") { Content = new FormUrlEncodedContent(Lab.Request(changes)) };
        request.Headers.Authorization = authorization;
        using var response = await lab.SendAsync(request);
        return await JsonReply.ReadAsync(response);
    }

    private static Task<Page> GoAsync(Lab lab, JsonReply pushed, params (string Name, string Value)[] more)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal) { ["client_id"] = The.ClientId, ["request_uri"] = pushed.Text("request_uri") };
        foreach (var (name, value) in more)
        {
            query[name] = value;
        }

        return lab.Browser.GoAsync(QueryHelpers.AddQueryString(The.Provider + "/authorize", query), TestContext.Current.CancellationToken);
    }
}
