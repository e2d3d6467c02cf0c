using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class SignInAttemptTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, 123, TimeSpan.Zero));

    [Theory]
    [InlineData("openid email~rs", "code id_token", "login", 300, true)]
    [InlineData("", "token", null, null, false)]
    [InlineData("openid\nemail\n\n9", "code", "none", 0, true)]
    public void The_state_contains_the_request(string scope, string responseType, string? prompt, int? maxAge, bool isHostCookie)
    {
        var cookie = new AttemptCookie("0199aaaa-_id", "value-_", isHostCookie);

        var attempt = Keep(new() { Nonce = "nonce", ResponseType = responseType, Scope = scope, Prompt = prompt, MaxAge = maxAge?.ToString(CultureInfo.InvariantCulture) }, cookie)!;

        attempt.ShouldBe(new SignInAttempt(cookie, _clock.GetUtcNow(), "nonce", responseType, maxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null, prompt ?? "", IsRetry: false, scope));
    }

    [Fact]
    public void No_text_of_an_application_replaces_another_value()
    {
        var attempt = Keep(new() { Nonce = "a\n1\nb", ResponseType = "code\n\n\n1", Scope = "openid", Prompt = "login\n1everything" }, new AttemptCookie("id", "value", IsHostCookie: false))!;

        (attempt.Nonce, attempt.ResponseType, attempt.Prompt, attempt.IsRetry, attempt.Scope).ShouldBe(("a 1 b", "code   1", "login 1everything", false, "openid"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("id\n1\nvalue\nsoon\nnonce\ncode\n\n\n0openid")]
    [InlineData("id\n1\nvalue\n-1\nnonce\ncode\n\n\n0openid")]
    [InlineData("id\n1\nvalue\n1")]
    public void A_state_without_an_attempt_is_not_read(string? text) => SignInAttempt.Read(new(new Dictionary<string, string?>(StringComparer.Ordinal) { [".authentiq"] = text })).ShouldBeNull();

    [Fact]
    public void A_second_attempt_has_the_same_request_and_is_the_last_one()
    {
        var properties = new AuthenticationProperties { RedirectUri = "/page", Items = { ["LoginProvider"] = "Authentiq", [".Token.id_token"] = "of the response" } };
        var first = Keep(new() { ResponseType = "code", Scope = "openid email~r", Prompt = "consent", MaxAge = "60" }, new AttemptCookie("id", "value", IsHostCookie: true), properties)!;

        var again = first.Retry(properties);
        var second = Keep(new() { ResponseType = "code" }, new AttemptCookie("other", "value", IsHostCookie: true), again)!;

        again.RedirectUri.ShouldBe("/page");
        again.Items.Keys.ShouldBe([".redirect", "LoginProvider", ".authentiq"], ignoreOrder: true);
        again.GetParameter<ICollection<string>>("scope").ShouldBe(["openid", "email~r"]);
        again.GetParameter<string>("prompt").ShouldBe("consent");
        second.IsRetry.ShouldBeTrue();
        second.Cookie.Id.ShouldBe("other");
    }

    private SignInAttempt? Keep(OpenIdConnectMessage request, AttemptCookie cookie, AuthenticationProperties? properties = null)
    {
        properties ??= new();
        cookie.AttachTo(properties);
        SignInAttempt.WriteTo(properties, request, _clock);
        return SignInAttempt.Read(new(properties.Items));
    }
}
