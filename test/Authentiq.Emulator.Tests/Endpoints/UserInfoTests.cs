using System.Net;
using System.Text.Json;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class UserInfoTests
{
    [Fact]
    public async Task It_has_the_claims_of_the_granted_scopes()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var claims = (await lab.GetAsync("userinfo", (await lab.SignInAsync(("scope", "openid email"))).AccessToken)).Body;

        claims.EnumerateObject().Select(claim => claim.Name).ShouldBe(["email", "email_verified", "sub"]);
        claims.GetProperty("email_verified").ValueKind.ShouldBe(JsonValueKind.True);
    }

    [Theory]
    [InlineData("header")]
    [InlineData("form")]
    public async Task The_token_can_be_posted(string where)
    {
        await using var lab = await Lab.StartApprovingAsync();
        var token = (await lab.SignInAsync()).AccessToken;
        using var request = new HttpRequestMessage(HttpMethod.Post, The.Provider + "/userinfo");
        request.Headers.Authorization = where == "header" ? new("Bearer", token) : null;
        request.Content = where == "form" ? new FormUrlEncodedContent([new("access_token", token)]) : null;

        using var response = await lab.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_that_is_sent_twice_is_rejected()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var token = (await lab.SignInAsync()).AccessToken;
        using var request = new HttpRequestMessage(HttpMethod.Post, The.Provider + "/userinfo") { Content = new FormUrlEncodedContent([new("access_token", token)]) };
        request.Headers.Authorization = new("Bearer", token);

        using var response = await lab.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("nope", "error=\"invalid_token\"")]
    [InlineData(null, null)]
    public async Task A_bad_token_is_401_with_an_OAuth_error(string? token, string? parameter)
    {
        await using var lab = await Lab.StartAsync();

        var reply = await lab.GetAsync("userinfo", token);

        reply.Status.ShouldBe(HttpStatusCode.Unauthorized);
        reply.Error.ShouldBe("invalid_token");
        var challenge = reply.Headers.WwwAuthenticate.ShouldHaveSingleItem();
        challenge.Scheme.ShouldBe("Bearer");
        challenge.Parameter.ShouldBe(parameter);
    }

    [Fact]
    public async Task A_token_in_the_address_is_not_read()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var token = (await lab.SignInAsync()).AccessToken;

        (await lab.GetAsync("userinfo?access_token=" + token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(3599, HttpStatusCode.OK)]
    [InlineData(3600, HttpStatusCode.Unauthorized)]
    public async Task A_token_expires(int seconds, HttpStatusCode status)
    {
        await using var lab = await Lab.StartApprovingAsync();
        var token = (await lab.SignInAsync()).AccessToken;

        lab.Clock.Advance(TimeSpan.FromSeconds(seconds));

        (await lab.GetAsync("userinfo", token)).Status.ShouldBe(status);
    }
}
