using System.Net;
using System.Text;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class TokenTests
{
    [Fact]
    public async Task A_code_returns_tokens_that_must_not_be_cached()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var reply = await lab.SignInAsync();

        reply.Status.ShouldBe(HttpStatusCode.OK);
        reply.Text("token_type").ShouldBe("Bearer");
        reply.Text("scope").ShouldBe("openid email profile");
        reply.Body.GetProperty("expires_in").GetInt64().ShouldBe(3600);
        reply.Body.GetProperty("expires_at").GetInt64().ShouldBe(lab.Clock.GetUtcNow().ToUnixTimeSeconds() + 3600);
        reply.Headers.CacheControl!.NoStore.ShouldBeTrue();
        reply.AccessToken.ShouldNotBeNullOrEmpty();
        reply.IdToken.Subject.ShouldBe(Personas.Alice.Subject);
    }

    [Fact]
    public async Task Without_openid_there_is_no_id_token()
    {
        await using var lab = await Lab.StartApprovingAsync();

        (await lab.SignInAsync(("scope", "email"))).Body.TryGetProperty("id_token", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_code_that_is_redeemed_twice_revokes_its_tokens()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var code = (await lab.AuthorizeAsync())["code"]!;
        var first = await lab.RedeemAsync(code);
        (await lab.GetAsync("userinfo", first.AccessToken)).Status.ShouldBe(HttpStatusCode.OK);

        (await lab.RedeemAsync(code)).Error.ShouldBe("invalid_grant");

        (await lab.GetAsync("userinfo", first.AccessToken)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Another_client_can_neither_redeem_nor_invalidate_a_code()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var code = (await lab.AuthorizeAsync())["code"]!;

        (await lab.RedeemAsync(code, The.OtherClientId)).Error.ShouldBe("invalid_grant");
        (await lab.RedeemAsync(code)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(59, null)]
    [InlineData(60, "invalid_grant")]
    public async Task A_code_expires(int seconds, string? error)
    {
        await using var lab = await Lab.StartApprovingAsync();
        var code = (await lab.AuthorizeAsync())["code"]!;

        lab.Clock.Advance(TimeSpan.FromSeconds(seconds));

        (await lab.RedeemAsync(code)).Error.ShouldBe(error);
    }

    [Theory]
    [InlineData("code", "guessed", "invalid_grant")]
    [InlineData("code", null, "invalid_request")]
    [InlineData("redirect_uri", The.RedirectUri + "/", "invalid_grant")]
    [InlineData("redirect_uri", null, "invalid_request")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("grant_type", null, "invalid_request")]
    [InlineData("client_secret", The.ClientSecret, "invalid_request")]
    [InlineData("client_id", The.OtherClientId, "invalid_client")]
    [InlineData("client_id", The.ClientId, null)]
    public async Task A_redemption_must_match_the_request(string parameter, string? value, string? error)
    {
        await using var lab = await Lab.StartApprovingAsync();
        var code = (await lab.AuthorizeAsync())["code"]!;

        (await lab.RedeemAsync(code, changes: (parameter, value))).Error.ShouldBe(error);
    }

    [Theory]
    [InlineData(The.Verifier, The.Verifier, null)]
    [InlineData(The.Verifier, "another-code-verifier-that-is-long-enough-too", "invalid_grant")]
    [InlineData(The.Verifier, null, "invalid_grant")]
    [InlineData(null, The.Verifier, "invalid_grant")]
    [InlineData(null, null, null)]
    public async Task The_code_verifier_must_match_the_challenge(string? asked, string? redeemed, string? error)
    {
        await using var lab = await Lab.StartApprovingAsync();
        var code = (await lab.AuthorizeAsync(
            ("code_challenge", asked is null ? null : Lab.Challenge(asked)),
            ("code_challenge_method", asked is null ? null : "S256")))["code"]!;

        (await lab.RedeemAsync(code, changes: ("code_verifier", redeemed))).Error.ShouldBe(error);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData(null)]
    public async Task A_code_challenge_must_be_a_hash(string? method)
    {
        await using var lab = await Lab.StartApprovingAsync();

        (await lab.AuthorizeAsync(("code_challenge", Lab.Challenge(The.Verifier)), ("code_challenge_method", method)))["error"].ShouldBe("invalid_request");
    }

    [Fact]
    public async Task A_repeated_parameter_is_rejected()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var code = (await lab.AuthorizeAsync())["code"]!;
        using var content = new StringContent($"grant_type=authorization_code&code={code}&code={code}", Encoding.ASCII, "application/x-www-form-urlencoded");

        (await lab.TokenAsync(content, Lab.Basic(The.ClientId, Uri.EscapeDataString(The.ClientSecret)))).Error.ShouldBe("invalid_request");
    }

    [Fact]
    public async Task Only_a_form_is_read()
    {
        await using var lab = await Lab.StartApprovingAsync();
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        using var multipart = new MultipartFormDataContent { { new StringContent("authorization_code"), "grant_type" } };

        (await lab.TokenAsync(json, Lab.Basic(The.ClientId, Uri.EscapeDataString(The.ClientSecret)))).Error.ShouldBe("invalid_request");
        (await lab.TokenAsync(multipart, Lab.Basic(The.ClientId, Uri.EscapeDataString(The.ClientSecret)))).Error.ShouldBe("invalid_request");
    }

    [Fact]
    public async Task The_token_endpoint_accepts_POST_only()
    {
        await using var lab = await Lab.StartApprovingAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, The.Provider + "/token");

        using var response = await lab.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }
}
