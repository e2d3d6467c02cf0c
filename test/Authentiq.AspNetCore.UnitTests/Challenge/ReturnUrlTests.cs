using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("/profile", "/profile")]
    [InlineData("/profile?a=1#b", "/profile?a=1#b")]
    [InlineData("https://app.example.test/profile?a=1", "/profile?a=1")]
    [InlineData("/caf\u00e9", "/caf%C3%A9")]
    public void A_local_address_is_accepted(string url, string expected) => ReturnUrl.LocalOrRoot(Request(), url).ShouldBe(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://evil.example/")]
    [InlineData("http://app.example.test/")]
    [InlineData("https://app.example.test:444/")]
    [InlineData("https://person@app.example.test/")]
    [InlineData("https://app.example.test.evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("~/profile")]
    [InlineData("profile")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("/profile\r\nSet-Cookie: a=b")]
    public void Any_other_address_redirects_to_the_root(string? url) => ReturnUrl.LocalOrRoot(Request(), url).ShouldBe("/");

    [Fact]
    public void An_address_that_is_too_long_redirects_to_the_root() => ReturnUrl.LocalOrRoot(Request(), "/" + new string('a', ReturnUrl.MaxLength)).ShouldBe("/");

    [Fact]
    public void The_root_is_that_of_the_application()
    {
        var request = Request();
        request.PathBase = "/shop";

        ReturnUrl.LocalOrRoot(request, "//evil.example").ShouldBe("/shop/");
    }

    [Fact]
    public void A_challenge_of_a_form_post_returns_to_the_page_of_the_form()
    {
        var request = Request();
        request.Method = "POST";
        request.Headers.Referer = "https://app.example.test/order/form";

        ReturnUrl.ForChallenge(request, "/order/send").ShouldBe("/order/form");
    }

    [Theory]
    [InlineData("!!!")]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("a b")]
    [InlineData("xn--a")]
    [InlineData("xn--\u00e9:80")]
    [InlineData("a:b:c")]
    [InlineData("\ud800")]
    [InlineData("a..b\u00e9")]
    [InlineData("user@host")]
    public void An_invalid_host_redirects_to_the_root(string host)
    {
        var request = Request();
        request.Headers.Host = host;

        ReturnUrl.LocalOrRoot(request, "https://app.example.test/profile").ShouldBe("/");
    }

    private static HttpRequest Request()
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "GET";
        request.Scheme = "https";
        request.Host = new HostString("app.example.test");
        return request;
    }
}
