using System.Net;

namespace Authentiq.Emulator.Tests.Hosting;

public sealed class RequestGuardTests
{
    [Theory]
    [InlineData("connect.authentiq.io", HttpStatusCode.OK)]
    [InlineData("evil.example.test", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.BadRequest)]
    [InlineData("connect.authentiq.io:8443", HttpStatusCode.BadRequest)]
    public async Task In_memory_it_accepts_the_host_of_its_issuer_only(string host, HttpStatusCode status)
    {
        await using var lab = await Lab.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, The.Provider + "/public-keys");
        request.Headers.Host = host;

        using var response = await lab.SendAsync(request);

        response.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("evil.example.test", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example.test", HttpStatusCode.BadRequest)]
    public async Task On_a_port_it_accepts_loopback_host_names_only(string host, HttpStatusCode status)
    {
        await using var emulator = await AuthentiqEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(emulator.Issuer, "public-keys"));
        request.Headers.Host = $"{host}:{emulator.Issuer.Port}";

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.SeeOther)]
    [InlineData("https://connect.authentiq.io", null, HttpStatusCode.SeeOther)]
    [InlineData("https://connect.authentiq.io", "same-origin", HttpStatusCode.SeeOther)]
    [InlineData("https://app.example.test", null, HttpStatusCode.Forbidden)]
    [InlineData("http://connect.authentiq.io", null, HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData(null, "cross-site", HttpStatusCode.Forbidden)]
    [InlineData(null, "same-site", HttpStatusCode.Forbidden)]
    [InlineData("https://connect.authentiq.io", "cross-site", HttpStatusCode.Forbidden)]
    public async Task Another_site_cannot_post_the_forms(string? origin, string? site, HttpStatusCode status)
    {
        await using var lab = await Lab.StartAsync();
        var page = await lab.GoAsync(("scope", "openid"));
        using var request = new HttpRequestMessage(HttpMethod.Post, page.Url)
        {
            Content = new FormUrlEncodedContent([new("decision", "approve"), new("person", "alice")]),
        };
        request.Headers.Add("Cookie", lab.Browser.Cookies.GetCookieHeader(page.Url));
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        using var response = await lab.SendAsync(request);

        response.StatusCode.ShouldBe(status);
        (await lab.Browser.GoAsync(page.Url.AbsoluteUri, TestContext.Current.CancellationToken)).Url.Host.ShouldBe(status == HttpStatusCode.SeeOther ? "app.example.test" : "connect.authentiq.io");
    }
}
