using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.WebUtilities;

namespace Authentiq.Emulator.Tests;

public sealed class StrictnessTests : IAsyncLifetime
{
    private const string Provider = "https://connect.authentiq.io";
    private const string RedirectUri = "https://app.example.test/callback";
    private const string Verifier = "a-code-verifier-that-is-long-enough-for-the-specification";

    private AuthentiqEmulator _emulator = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await AuthentiqEmulator.StartInMemoryAsync(options => options.ApproveAs = Personas.Alice, TestContext.Current.CancellationToken);
        _emulator.Clients.Register(client =>
        {
            client.ClientId = "client";
            client.ClientSecret = "secret:with/any +character";
            client.RedirectUris.Add(RedirectUri);
        });
        _browser = new Browser(new SimulatedInternet().Add("connect.authentiq.io", _emulator.CreateHandler())) { FollowsRedirects = false };
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData("client_id", "nobody")]
    [InlineData("client_id", null)]
    [InlineData("redirect_uri", "https://evil.example/")]
    [InlineData("redirect_uri", null)]
    public async Task An_error_stays_here_while_nobody_knows_where_it_belongs(string parameter, string? value)
    {
        var page = await AuthorizeAsync((parameter, value));

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("state", null, "invalid_request")]
    [InlineData("scope", null, "invalid_request")]
    [InlineData("response_type", "magic", "unsupported_response_type")]
    [InlineData("response_mode", "telepathy", "invalid_request")]
    [InlineData("display", "huge", "invalid_request")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("prompt", "none", "login_required")]
    public async Task Any_other_error_goes_to_the_application(string parameter, string? value, string error)
    {
        var page = await AuthorizeAsync((parameter, value));

        page.Status.ShouldBe(HttpStatusCode.Redirect);
        QueryHelpers.ParseQuery(page.Headers.Location!.Query)["error"].ToString().ShouldBe(error);
    }

    [Fact]
    public async Task A_code_is_redeemed_once()
    {
        var code = await CodeAsync();

        (await RedeemAsync(code)).Status.ShouldBe(HttpStatusCode.OK);
        (await RedeemAsync(code)).Error.ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData("redirect_uri", "https://app.example.test/other", "invalid_grant")]
    [InlineData("code_verifier", "another-verifier", "invalid_grant")]
    [InlineData("code_verifier", null, "invalid_grant")]
    [InlineData("code", "guessed", "invalid_grant")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("client_secret", "secret:with/any +character", "invalid_request")]
    public async Task A_redemption_that_does_not_fit_is_refused(string parameter, string? value, string error) =>
        (await RedeemAsync(await CodeAsync(), (parameter, value))).Error.ShouldBe(error);

    [Fact]
    public async Task A_wrong_secret_is_401()
    {
        var (status, error) = await RedeemAsync(await CodeAsync(), credentials: "client:wrong");

        status.ShouldBe(HttpStatusCode.Unauthorized);
        error.ShouldBe("invalid_client");
    }

    [Fact]
    public async Task Another_name_for_this_machine_is_refused()
    {
        using var client = new HttpMessageInvoker(_emulator.CreateHandler());
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "https://evil.example/");
        using var own = new HttpRequestMessage(HttpMethod.Get, Provider + "/");

        using var refused = await client.SendAsync(rebound, TestContext.Current.CancellationToken);
        using var answered = await client.SendAsync(own, TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_never_listens_for_other_machines() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => AuthentiqEmulator.StartAsync(options => options.Issuer = new Uri("http://provider.example:5003/"), TestContext.Current.CancellationToken)))
        .Message.ShouldContain("stays on this machine");

    [Fact]
    public async Task A_busy_port_is_told_in_plain_words()
    {
        await using var first = await AuthentiqEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<IOException>(() => AuthentiqEmulator.StartAsync(options => options.Port = first.Issuer.Port, TestContext.Current.CancellationToken)))
            .Message.ShouldContain($"cannot listen on port {first.Issuer.Port}");
    }

    private static Dictionary<string, string> With(Dictionary<string, string> parameters, params (string Name, string? Value)[] changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                parameters.Remove(name);
            }
            else
            {
                parameters[name] = value;
            }
        }

        return parameters;
    }

    private Task<Page> AuthorizeAsync(params (string Name, string? Value)[] changes)
    {
        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        var parameters = With(
            new(StringComparer.Ordinal)
            {
                ["client_id"] = "client",
                ["redirect_uri"] = RedirectUri,
                ["response_type"] = "code",
                ["scope"] = "openid email~rs",
                ["state"] = "the-state",
                ["code_challenge"] = challenge,
                ["code_challenge_method"] = "S256",
            },
            changes);
        return _browser.GoAsync(QueryHelpers.AddQueryString(Provider + "/authorize", parameters!), TestContext.Current.CancellationToken);
    }

    private async Task<string> CodeAsync() => QueryHelpers.ParseQuery((await AuthorizeAsync()).Headers.Location!.Query)["code"].ToString();

    private async Task<(HttpStatusCode Status, string? Error)> RedeemAsync(string code, (string Name, string? Value) change = default, string credentials = "client:secret%3Awith%2Fany+%2Bcharacter")
    {
        var form = With(new(StringComparer.Ordinal) { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = RedirectUri, ["code_verifier"] = Verifier }, change.Name is null ? [] : [change]);
        using var request = new HttpRequestMessage(HttpMethod.Post, Provider + "/token") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(credentials)));
        using var client = new HttpMessageInvoker(_emulator.CreateHandler());
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (response.StatusCode, json.RootElement.TryGetProperty("error", out var error) ? error.GetString() : null);
    }
}
