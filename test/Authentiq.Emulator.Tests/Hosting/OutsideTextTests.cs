using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Authentiq.Emulator.Tests.Hosting;

/// <summary>Text of a request is encoded in every output.</summary>
public sealed class OutsideTextTests
{
    private const string Hostile = "a\r\nSet-Cookie: b=c\u001b[31m\u202e\u0000\ud800<script>alert(1)</script>\"'";

    // No server takes a null character in an address.
    private static string WithoutNull => Hostile.Replace("\0", "", StringComparison.Ordinal);

    [Theory]
    [InlineData("query")]
    [InlineData("fragment")]
    public async Task In_a_location_it_is_encoded(string mode)
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Browser.FollowsRedirects = false;
        using var response = await lab.SendAsync(new(HttpMethod.Get, QueryHelpers.AddQueryString(The.Provider + "/authorize", Lab.Request(("state", Hostile), ("response_mode", mode))!)));

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        ShouldBeOneLineOfAscii(response);
    }

    [Fact]
    public async Task In_the_location_after_a_sign_out_it_is_encoded()
    {
        await using var lab = await Lab.StartAsync();
        var query = new Dictionary<string, string?>(StringComparer.Ordinal) { ["client_id"] = The.ClientId, ["post_logout_redirect_uri"] = The.SignedOutUri, ["state"] = Hostile };

        using var response = await lab.SendAsync(new(HttpMethod.Get, QueryHelpers.AddQueryString(The.Provider + "/end_session", query)));

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        ShouldBeOneLineOfAscii(response);
    }

    [Theory]
    [InlineData("http://localhost:5000/\r\nSet-Cookie: b=c")]
    [InlineData("http://localhost:5000/\u202e")]
    [InlineData("http://localhost:5000/ x")]
    [InlineData("http://localhost:5000/\"onclick=")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example.test/")]
    public async Task A_malformed_address_is_rejected_on_a_page(string address)
    {
        await using var lab = await Lab.StartAsync(client: client => client.TestMode = true);

        var page = await lab.GoAsync(("redirect_uri", address));

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Body.ShouldNotContain("evil.example.test");
        page.Body.ShouldNotContain("onclick");
    }

    [Theory]
    [InlineData("form_post", null)]
    [InlineData("query", "modal")]
    public async Task The_content_security_policy_takes_the_origin_of_an_address_only(string mode, string? display)
    {
        await using var lab = display is null ? await Lab.StartApprovingAsync(client: client => client.TestMode = true) : await Lab.StartAsync(client: client => client.TestMode = true);
        var address = QueryHelpers.AddQueryString(The.Provider + "/authorize", Lab.Request(("response_mode", mode), ("display", display), ("redirect_uri", "http://x;report-uri,*;@localhost:5000/back"))!);
        using var first = await lab.SendAsync(new(HttpMethod.Get, address));

        using var response = first.Headers.Location is { } location ? await lab.SendAsync(new(HttpMethod.Get, new Uri(new(The.Provider), location))) : await lab.SendAsync(new(HttpMethod.Get, address));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldEndWith("frame-ancestors http://localhost:5000");
    }

    [Fact]
    public async Task On_a_page_it_is_encoded()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var page = await lab.GoAsync(("state", Hostile), ("response_mode", "form_post"));

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldNotContain("<script>alert");
        page.Body.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;");
    }

    [Fact]
    public async Task On_the_confirmation_page_of_a_sign_out_it_is_encoded()
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.Name = Hostile);
        await lab.SignInAsync();
        lab.Browser.Headers["Sec-Fetch-Site"] = "cross-site";
        var query = new Dictionary<string, string?>(StringComparer.Ordinal) { ["client_id"] = The.ClientId, ["post_logout_redirect_uri"] = The.SignedOutUri, ["state"] = Hostile };

        var page = await lab.Browser.GoAsync(QueryHelpers.AddQueryString(The.Provider + "/end_session", query), TestContext.Current.CancellationToken);

        page.Body.ShouldContain("<h1 id=\"title\">Sign out?</h1>");
        page.Body.ShouldNotContain("<script>alert");
        page.Body.Split("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;").Length.ShouldBe(3, "the name of the application and the state");
    }

    [Theory]
    [InlineData("authorize?client_id=")]
    [InlineData("authorize?client_id=the-client&redirect_uri=")]
    [InlineData("end_session?client_id=")]
    [InlineData("end_session?id_token_hint=")]
    [InlineData("signin/")]
    [InlineData("signin/none?person=")]
    public async Task An_error_page_does_not_contain_it(string path)
    {
        await using var lab = await Lab.StartAsync();

        using var response = await lab.SendAsync(new(HttpMethod.Get, $"{The.Provider}/{path}{Uri.EscapeDataString(WithoutNull)}"));

        ((int)response.StatusCode).ShouldBeInRange(400, 404);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("alert(1)");
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    [InlineData("e30.e30.")]
    [InlineData("e30.e30.e30")]
    [InlineData("bnVsbA.bnVsbA.")]
    [InlineData("W10.W10.")]
    [InlineData("eyJhbGciOjF9.eyJhenAiOjEsInNpZCI6W119.")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJhenAiOiJ0aGUtY2xpZW50Iiwic2lkIjoieCJ9.")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJhenAiOiJ0aGUtY2xpZW50Iiwic2lkIjoieCIsImV4cCI6MWU0MDB9.AA")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJhenAiOiJ0aGUtY2xpZW50Iiwic2lkIjoieCIsInN1YiI6e319.AA")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJhenAiOiJ0aGUtY2xpZW50Iiwic2lkIjoieCIsImV4cCI6MTcwMDAwMDAwMDAwMH0.AA")]
    [InlineData("a.b.c.d.e")]
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.a.b.c.d")]
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0....")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.a.AAAA")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.a")]
    public async Task A_hint_that_is_not_a_token_is_rejected_without_an_exception(string hint)
    {
        await using var lab = await Lab.StartAsync();

        using var response = await lab.SendAsync(new(HttpMethod.Get, $"{The.Provider}/end_session?id_token_hint={hint}"));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        (await lab.AuthorizeAsync(("id_token_hint", hint)))["error"].ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("Basic ")]
    [InlineData("Basic ====")]
    [InlineData("Basic AAAA")]
    [InlineData("Basic JTo6")]
    [InlineData("Basic Oiw=")]
    [InlineData("Bearer x")]
    public async Task Unreadable_credentials_are_rejected_without_an_exception(string header)
    {
        await using var lab = await Lab.StartAsync();
        foreach (var (path, method) in ((string, HttpMethod)[])[("token", HttpMethod.Post), ("userinfo", HttpMethod.Get)])
        {
            using var request = new HttpRequestMessage(method, $"{The.Provider}/{path}") { Content = method == HttpMethod.Post ? new FormUrlEncodedContent([new("grant_type", "authorization_code")]) : null };
            request.Headers.TryAddWithoutValidation("Authorization", header);

            using var response = await lab.SendAsync(request);

            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task It_is_not_logged()
    {
        var log = new FakeLogCollector();
        using var provider = new FakeLoggerProvider(log);
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(provider).SetMinimumLevel(LogLevel.Trace));
        await using var emulator = await AuthentiqEmulator.StartAsync(_ => { }, "port", loggers, TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = emulator.Issuer };
        var hostile = Uri.EscapeDataString(WithoutNull);

        using var unknown = await client.GetAsync(new Uri("/forged%0d%0awarn:%1b%5b31m" + hostile, UriKind.Relative), TestContext.Current.CancellationToken);
        using var known = await client.GetAsync(new Uri("/authorize?client_id=forged" + hostile, UriKind.Relative), TestContext.Current.CancellationToken);
        await SendRawAsync(emulator.Issuer.Port, "GET / HTTP/1.1\r\nHost: forged\u001b[31m\r\nBroken\r\n\r\n");

        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        known.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        log.GetSnapshot().ShouldNotContain(record => record.Message.Contains("forged", StringComparison.OrdinalIgnoreCase));
        log.GetSnapshot().ShouldAllBe(record => record.Level >= LogLevel.Warning);
    }

    private static void ShouldBeOneLineOfAscii(HttpResponseMessage response)
    {
        response.Headers.GetValues("Location").ShouldHaveSingleItem().ShouldAllBe(c => c > ' ' && c <= '~' && c != '<' && c != '"');
        response.Headers.TryGetValues("Set-Cookie", out var cookies);
        (cookies ?? []).ShouldNotContain(cookie => cookie.StartsWith("b=", StringComparison.Ordinal));
    }

    private static async Task SendRawAsync(int port, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        var buffer = new byte[64];
        (await client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);
    }
}
